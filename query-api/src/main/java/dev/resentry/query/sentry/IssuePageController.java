package dev.resentry.query.sentry;

import dev.resentry.model.issue.ShortId;
import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The addresses of issues that answers have and clients print lead to the pages of the web UI. They tell nothing: whoever follows one
 * has to log in there.
 */
@NativeApi
@Hidden
class IssuePageController {

    /** @param issue its id or its short id */
    @AllowedToAnyone
    @GetMapping("/organizations/{organization}/issues/{issue}")
    ResponseEntity<Void> issue(@PathVariable String issue) {
        return found("/ui/issues/" + id(issue));
    }

    @AllowedToAnyone
    @GetMapping("/organizations/{organization}/issues/{issue}/events/{event}")
    ResponseEntity<Void> event(@PathVariable String issue, @PathVariable String event) {
        return found("/ui/issues/%d%s".formatted(id(issue), event.matches("[0-9a-fA-F]{32}") ? "?event=" + event : ""));
    }

    private static long id(String named) {
        if (named.matches("\\d{1,18}")) {
            return Long.parseLong(named);
        }
        return ShortId.parse(named).map(ShortId::issueId).orElseThrow(() -> ApiException.notFound("issue", named));
    }

    private static ResponseEntity<Void> found(String path) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(path))
                .build();
    }
}
