package dev.resentry.query.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Issues as programs want them that look for the fault. */
@NativeApi
@Tag(name = "Issues")
class AgentController {
    private static final MediaType MARKDOWN = new MediaType("text", "markdown", UTF_8);

    private final AgentIssues issues;

    AgentController(AgentIssues issues) {
        this.issues = issues;
    }

    /**
     * All that is known of an issue in one bounded account, at most 8 KiB; 64 KiB if sections or frames are named. What events say is fenced
     * as data.
     *
     * @param format json or markdown; if absent, Markdown for who accepts {@code text/markdown}, else JSON
     * @param sections summary, errors, variables, breadcrumbs, variation, suspects, grouping, reproduction; all if absent
     * @param frames how many in-app frames at most, 1 to 200
     */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/agent")
    @Operation(
            operationId = "getIssueForAgent",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = AgentIssue.class)),
                                @Content(mediaType = "text/markdown", schema = @Schema(type = "string"))
                            }))
    ResponseEntity<Object> get(
            @PathVariable long id,
            @RequestParam @Nullable String format,
            @RequestParam @Nullable List<String> sections,
            @RequestParam @Nullable Integer frames,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Parameter(hidden = true) @Nullable
                    String accept,
            Actor actor) {
        return isMarkdown(format, accept)
                ? ResponseEntity.ok().contentType(MARKDOWN).body(issues.markdown(actor, id, sections, frames))
                : ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(issues.of(actor, id, sections, frames));
    }

    private static boolean isMarkdown(@Nullable String format, @Nullable String accept) {
        return switch (format) {
            case null -> accept != null && accept.contains("text/markdown");
            case "markdown" -> true;
            case "json" -> false;
            default -> throw ApiException.invalid("format", "'%s' (expected: json or markdown)".formatted(format));
        };
    }
}
