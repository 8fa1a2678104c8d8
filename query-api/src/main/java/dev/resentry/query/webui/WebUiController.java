package dev.resentry.query.webui;

import dev.resentry.query.access.AllowedToAnyone;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The address of the pages itself, which names no file. */
@Controller
@Hidden
class WebUiController {

    @GetMapping("/ui")
    @AllowedToAnyone
    String index() {
        return "forward:/ui/index.html";
    }
}
