package dev.resentry.query.docs;

import dev.resentry.query.access.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The pages of the documentation that springdoc does not serve itself. Nothing on them comes from another host. */
@Controller
@Hidden
class DocsController {
    private static final String REDOC = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>Resentry API</title>
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <style>
                body { margin: 0; padding: 0; font-family: sans-serif; }
                /* Would come from another host. */
                a[href^="https://redocly.com"] img { display: none; }
              </style>
            </head>
            <body>
              <redoc spec-url="/openapi.json"></redoc>
              <script src="/webjars/redoc/bundles/redoc.standalone.js"></script>
            </body>
            </html>
            """;

    @GetMapping("/openapi.json")
    @AllowedToAnyone
    String openApiJson() {
        return "forward:/openapi";
    }

    @GetMapping(value = "/redoc", produces = MediaType.TEXT_HTML_VALUE)
    @ResponseBody
    @AllowedToAnyone
    String redoc() {
        return REDOC;
    }
}
