package dev.resentry.query.start;

import dev.resentry.query.error.NativeApi;
import dev.resentry.service.health.Health;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Says what runs, and how to send to it: to browsers as a page, to everybody else as JSON. Open without a token, so it holds
 * no key.
 */
@NativeApi
@Hidden
class StartController {
    /** The page has a style of its own and nothing else. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final Health health;
    private final URI publicUrl;
    private final String version;

    StartController(Health health, URI publicUrl, String version) {
        this.health = health;
        this.publicUrl = publicUrl;
        this.version = version;
    }

    @GetMapping("/")
    ResponseEntity<Object> start(@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
        boolean html = accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE);
        StartResponse facts = StartResponse.of(version, health.ready(), publicUrl);
        return ResponseEntity.ok()
                .contentType(html ? HTML : MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .varyBy(HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .body(html ? StartPage.of(facts) : facts);
    }
}
