package dev.resentry.query.deadletter;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterDesk.Cause;
import dev.resentry.storage.deadletter.DeadLetterDesk.Started;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Decides on dead letters: to process them once more, or to discard them. */
@NativeApi
@Tag(name = "Dead letters")
class DeadLetterDecisionController {
    private static final int MAX_BECAUSE = 1_000;

    private final DeadLetterQueries letters;
    private final DeadLetterDesk desk;

    DeadLetterDecisionController(DeadLetterQueries letters, DeadLetterDesk desk) {
        this.letters = letters;
        this.desk = desk;
    }

    /** @param project null for all projects */
    @Schema(name = "DeadLetterRetry")
    record RetryRequest(
            @NotNull String reason,
            @NotNull String stage,
            @Nullable Long project) {}

    /** @param because why nobody wants it; kept with the letter */
    @Schema(name = "DeadLetterDiscard")
    record DiscardRequest(@NotBlank @Size(max = MAX_BECAUSE) String because) {}

    /**
     * @param project null for all projects
     * @param because why nobody wants them; kept with the letters
     */
    @Schema(name = "DeadLetterDiscardOfCause")
    record DiscardAllRequest(
            @NotNull String reason,
            @NotNull String stage,
            @Nullable Long project,
            @NotBlank @Size(max = MAX_BECAUSE) String because) {}

    /** @param letters how many it retries */
    @Schema(name = "DeadLetterRetryStarted")
    record RetryStarted(int letters, RetryJob job) {
        static RetryStarted of(Started started) {
            return new RetryStarted(
                    started.letters(), new RetryJob(started.jobId(), "/api/v1/jobs/" + started.jobId()));
        }
    }

    @Schema(name = "DeadLetterRetryJob")
    record RetryJob(long id, String href) {}

    @Schema(name = "DeadLettersDiscarded")
    record Discarded(int letters) {}

    /** Has a job process a letter once more. */
    @PostMapping("/api/v1/dead-letters/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RetryStarted retry(@PathVariable long id, Principal caller) {
        return desk.retry(id, caller.getName()).map(RetryStarted::of).orElseThrow(() -> notOpen(id));
    }

    /** Has a job process all letters of a cause once more: one first, and the others only if that does not fail again. */
    @PostMapping("/api/v1/dead-letters/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RetryStarted retryAll(@Valid @RequestBody RetryRequest request, Principal caller) {
        Cause cause = cause(request.reason(), request.stage(), request.project());
        return desk.retryAll(cause, caller.getName())
                .map(RetryStarted::of)
                .orElseThrow(() -> ApiException.conflict("reason", "no dead letter of this cause is open"));
    }

    /** Removes the bytes of a letter, and keeps who did so and why. */
    @PostMapping("/api/v1/dead-letters/{id}/discard")
    Discarded discard(@PathVariable long id, @Valid @RequestBody DiscardRequest request, Principal caller) {
        if (!desk.discard(id, caller.getName(), request.because())) {
            throw notOpen(id);
        }
        return new Discarded(1);
    }

    /** Discards all letters of a cause. */
    @PostMapping("/api/v1/dead-letters/discard")
    Discarded discardAll(@Valid @RequestBody DiscardAllRequest request, Principal caller) {
        Cause cause = cause(request.reason(), request.stage(), request.project());
        return new Discarded(desk.discardAll(cause, caller.getName(), request.because()));
    }

    private static Cause cause(String reason, String stage, @Nullable Long project) {
        CauseWords.reason(reason);
        CauseWords.stage(stage);
        return new Cause(reason, stage, project);
    }

    private ApiException notOpen(long id) {
        return letters.find(id)
                .map(letter -> ApiException.conflict(
                        "state", "dead letter %d is %s (expected: open)".formatted(id, letter.state())))
                .orElseGet(() -> ApiException.notFound("dead letter", id));
    }
}
