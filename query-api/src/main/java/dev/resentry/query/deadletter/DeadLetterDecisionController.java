package dev.resentry.query.deadletter;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterDesk.Cause;
import dev.resentry.storage.deadletter.DeadLetterDesk.Started;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deadletter.StoredDeadLetter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;
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
    private final ProjectAccess access;
    private final AuditLog audit;

    DeadLetterDecisionController(DeadLetterQueries letters, DeadLetterDesk desk, ProjectAccess access, AuditLog audit) {
        this.letters = letters;
        this.desk = desk;
        this.access = access;
        this.audit = audit;
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
    @Allowed(Scope.EVENT_ADMIN)
    RetryStarted retry(@PathVariable long id, Actor actor) {
        return audit.inTransaction(() -> {
            RetryStarted started = visible(id, actor)
                    .flatMap(_ -> desk.retry(id, actor.email()))
                    .map(RetryStarted::of)
                    .orElseThrow(() -> notOpen(id, actor));
            audit.record(actor, "dead_letter.retried", target(id), null, started);
            return started;
        });
    }

    /** Has a job process all letters of a cause once more: one first, and the others only if that does not fail again. */
    @PostMapping("/api/v1/dead-letters/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.EVENT_ADMIN)
    RetryStarted retryAll(@Valid @RequestBody RetryRequest request, Actor actor) {
        Cause cause = cause(request.reason(), request.stage(), request.project(), actor);
        return audit.inTransaction(() -> {
            RetryStarted started = desk.retryAll(cause, actor.email())
                    .map(RetryStarted::of)
                    .orElseThrow(() -> ApiException.conflict("reason", "no dead letter of this cause is open"));
            audit.record(actor, "dead_letters.retried", target(cause), request, started);
            return started;
        });
    }

    /** Removes the bytes of a letter, and keeps who did so and why. */
    @PostMapping("/api/v1/dead-letters/{id}/discard")
    @Allowed(Scope.EVENT_ADMIN)
    Discarded discard(@PathVariable long id, @Valid @RequestBody DiscardRequest request, Actor actor) {
        return audit.inTransaction(() -> {
            if (visible(id, actor).isEmpty() || !desk.discard(id, actor.email(), request.because())) {
                throw notOpen(id, actor);
            }
            audit.record(actor, "dead_letter.discarded", target(id), null, request);
            return new Discarded(1);
        });
    }

    /**
     * Discards all letters of a cause, some hundred at a time, each time with an entry in the audit log: what is done stays done if it
     * breaks off, and asking again does the rest.
     */
    @PostMapping("/api/v1/dead-letters/discard")
    @Allowed(Scope.EVENT_ADMIN)
    Discarded discardAll(@Valid @RequestBody DiscardAllRequest request, Actor actor) {
        Cause cause = cause(request.reason(), request.stage(), request.project(), actor);
        int all = 0;
        int some;
        do {
            some = audit.inTransaction(() -> discardSome(cause, request, actor));
            all += some;
        } while (some == DeadLetterDesk.DISCARDED_AT_ONCE);
        return new Discarded(all);
    }

    private int discardSome(Cause cause, DiscardAllRequest request, Actor actor) {
        int letters = desk.discardSome(cause, actor.email(), request.because());
        if (letters > 0) {
            audit.record(actor, "dead_letters.discarded", target(cause), request, new Discarded(letters));
        }
        return letters;
    }

    private Cause cause(String reason, String stage, @Nullable Long project, Actor actor) {
        if (project != null) {
            access.require(actor, project);
        } else if (!access.of(actor).areAll()) {
            throw ApiException.invalid("project", "none (expected: one, as you do not see all projects)");
        }
        CauseWords.reason(reason);
        CauseWords.stage(stage);
        return new Cause(reason, stage, project);
    }

    private Optional<StoredDeadLetter> visible(long id, Actor actor) {
        return letters.find(id).filter(letter -> access.of(actor).contains(letter.projectId()));
    }

    private static AuditLog.Target target(long id) {
        return new AuditLog.Target("dead_letter", id, "");
    }

    private static AuditLog.Target target(Cause cause) {
        return new AuditLog.Target("dead_letters", cause.reason(), cause.stage());
    }

    private ApiException notOpen(long id, Actor actor) {
        return visible(id, actor)
                .map(letter -> ApiException.conflict(
                        "state", "dead letter %d is %s (expected: open)".formatted(id, letter.state())))
                .orElseGet(() -> ApiException.notFound("dead letter", id));
    }
}
