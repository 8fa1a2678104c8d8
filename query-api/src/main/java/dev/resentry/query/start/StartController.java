package dev.resentry.query.start;

import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.webui.WebUi;
import dev.resentry.service.health.Health;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Says what runs, and how to send to it, as JSON. Browsers are sent on to the web UI, or, in a build without one, get the same as
 * a page. Open without a token, so it holds no key.
 */
@NativeApi
@Tag(name = "Health")
class StartController {
    /** The page has a style of its own and nothing else. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final Health health;
    private final URI publicUrl;
    private final String version;
    private final boolean webUi;

    StartController(Health health, URI publicUrl, String version, boolean webUi) {
        this.health = health;
        this.publicUrl = publicUrl;
        this.version = version;
        this.webUi = webUi;
    }

    /** Says that it serves, as {@code /health} does (features, M3). */
    @GetMapping("/api/health")
    @AllowedToAnyone
    Map<String, String> health() {
        return health.live();
    }

    @Hidden
    @GetMapping("/")
    @AllowedToAnyone
    ResponseEntity<Object> start(@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
        boolean html = accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE);
        if (html && webUi) {
            return ResponseEntity.status(HttpStatus.FOUND)
                    .location(URI.create(WebUi.PATH))
                    .cacheControl(CacheControl.noStore())
                    .varyBy(HttpHeaders.ACCEPT)
                    .build();
        }
        StartResponse facts = StartResponse.of(version, health.ready(), publicUrl);
        return ResponseEntity.ok()
                .contentType(html ? HTML : MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .varyBy(HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .body(html ? StartPage.of(facts) : facts);
    }
}
