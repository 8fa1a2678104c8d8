package dev.resentry.query.deadletter;

import dev.resentry.query.deadletter.DeadLetterResponse.Attempt;
import dev.resentry.query.deadletter.DeadLetterResponse.Cause;
import dev.resentry.query.deadletter.DeadLetterResponse.WithHistory;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deadletter.StoredDeadLetter;
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

    DeadLetterController(DeadLetterQueries letters) {
        this.letters = letters;
    }

    @GetMapping("/api/v1/dead-letters")
    PageResponse<DeadLetterResponse> list(
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String reason,
            @RequestParam @Nullable String stage,
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit) {
        var filter = new DeadLetterFilter(
                CauseWords.state(state), CauseWords.reason(reason), CauseWords.stage(stage), project);
        return PageResponse.of(
                letters.list(filter, Cursor.beforeId(cursor), Cursor.limit(limit)),
                DeadLetterResponse::of,
                last -> Cursor.write(last.at(), last.id()));
    }

    /** What open letters failed of, the most frequent first. */
    @GetMapping("/api/v1/dead-letters/causes")
    List<Cause> causes() {
        return letters.causes(MAX_CAUSES).stream().map(Cause::of).toList();
    }

    @GetMapping("/api/v1/dead-letters/{id}")
    WithHistory get(@PathVariable long id) {
        StoredDeadLetter letter = letters.find(id).orElseThrow(() -> ApiException.notFound("dead letter", id));
        return new WithHistory(
                DeadLetterResponse.of(letter),
                letters.attempts(id).stream().map(Attempt::of).toList());
    }

    /** The bytes as they came; of an item, those of its envelope. Their encoding stands in a header of our own. */
    @GetMapping(value = "/api/v1/dead-letters/{id}/raw", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> raw(@PathVariable long id) {
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
}
