package dev.resentry.query.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.deadletter.DeadLetterResponse.Attempt;
import dev.resentry.query.deadletter.DeadLetterResponse.Cause;
import dev.resentry.query.deadletter.DeadLetterResponse.WithHistory;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deadletter.StoredDeadLetter;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Dead letters, the newest first, their causes, and their bytes. */
@NativeApi
@Tag(name = "Dead letters")
class DeadLetterController {
    private static final int MAX_CAUSES = 200;

    private final DeadLetterQueries letters;
    private final ProjectAccess access;

    DeadLetterController(DeadLetterQueries letters, ProjectAccess access) {
        this.letters = letters;
        this.access = access;
    }

    @GetMapping("/api/v1/dead-letters")
    @Allowed(Scope.EVENT_READ)
    PageResponse<DeadLetterResponse> list(
            @RequestParam
                    @Nullable
                    @Parameter(schema = @Schema(allowableValues = {"open", "retrying", "resolved", "discarded"}))
                    String state,
            @RequestParam @Nullable @WordOf(DropReason.class) String reason,
            @RequestParam @Nullable @WordOf(FailureStage.class) String stage,
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        var filter = new DeadLetterFilter(
                CauseWords.state(state), CauseWords.reason(reason), CauseWords.stage(stage), project);
        return PageResponse.of(
                letters.list(filter, access.of(actor), Cursor.beforeId(cursor), Cursor.limit(limit)),
                DeadLetterResponse::of,
                last -> Cursor.write(last.at(), last.id()));
    }

    /** What open letters failed of, the most frequent first. */
    @GetMapping("/api/v1/dead-letters/causes")
    @Allowed(Scope.EVENT_READ)
    List<Cause> causes(Actor actor) {
        return letters.causes(access.of(actor), MAX_CAUSES).stream()
                .map(Cause::of)
                .toList();
    }

    @GetMapping("/api/v1/dead-letters/{id}")
    @Allowed(Scope.EVENT_READ)
    WithHistory get(@PathVariable long id, Actor actor) {
        StoredDeadLetter letter = existing(id, actor);
        return new WithHistory(
                DeadLetterResponse.of(letter),
                letters.attempts(id).stream().map(Attempt::of).toList());
    }

    /** The bytes as they came; of an item, those of its envelope. Their encoding stands in a header of our own. */
    @GetMapping(value = "/api/v1/dead-letters/{id}/raw", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Allowed(Scope.PROJECT_ADMIN)
    ResponseEntity<byte[]> raw(@PathVariable long id, Actor actor) {
        existing(id, actor);
        StoredDeadLetter.Body body =
                letters.body(id).orElseThrow(() -> ApiException.notFound("body of dead letter", id));
        var answer = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        if (body.contentEncoding() != null) {
            answer.header("X-Resentry-Content-Encoding", body.contentEncoding());
        }
        return answer.body(body.bytes());
    }

    private StoredDeadLetter existing(long id, Actor actor) {
        return letters.find(id)
                .filter(letter -> access.of(actor).contains(letter.projectId()))
                .orElseThrow(() -> ApiException.notFound("dead letter", id));
    }
}
