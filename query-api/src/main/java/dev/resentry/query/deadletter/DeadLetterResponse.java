package dev.resentry.query.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.resentry.model.event.EventId;
import dev.resentry.storage.deadletter.StoredDeadLetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A dead letter as the API shows it.
 *
 * @param at when it failed first
 * @param reason why it failed last, stage where, cause what exactly was wrong
 * @param exception of our own code, if it failed
 * @param itemPosition of an item inside an envelope that is stored; null for a whole record
 * @param state open, retrying, resolved or discarded
 * @param job the job that retries it
 * @param attempts how often it was retried
 * @param resolution of resolved: stored, duplicate, dropped, filtered or expired; of discarded: because of what
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "DeadLetter")
record DeadLetterResponse(
        long id,
        Instant at,
        String reason,
        String stage,
        String cause,
        @Nullable String exception,
        @Nullable Long projectId,
        @Nullable UUID envelopeId,
        @Nullable String eventId,
        @Nullable Integer itemPosition,
        String topic,
        int partition,
        long offset,

        @Schema(allowableValues = {"open", "retrying", "resolved", "discarded"})
        String state,

        @Nullable Long job,
        int attempts,
        @Nullable String resolution,
        @Nullable String resolvedBy,
        @Nullable Instant resolvedAt) {

    static DeadLetterResponse of(StoredDeadLetter letter) {
        return new DeadLetterResponse(
                letter.id(),
                letter.at(),
                letter.reason(),
                letter.stage(),
                letter.cause(),
                letter.exception(),
                letter.projectId(),
                letter.envelopeId(),
                letter.eventId() == null ? null : new EventId(letter.eventId()).toString(),
                letter.itemPosition(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.state(),
                letter.retryJob(),
                letter.attempts(),
                letter.resolution(),
                letter.resolvedBy(),
                letter.resolvedAt());
    }

    /**
     * A dead letter with what happened to it.
     *
     * @param history the failure that made it first; empty until it is retried or discarded
     */
    @Schema(name = "DeadLetterWithHistory")
    record WithHistory(@JsonUnwrapped DeadLetterResponse letter, List<Attempt> history) {}

    /**
     * A failure, or how it ended.
     *
     * @param by who asked for it; processor for the failure that made the letter
     * @param result dead, stored, duplicate, dropped or discarded
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DeadLetterAttempt")
    record Attempt(
            int number,
            Instant at,
            String by,
            @Nullable Long job,

            @Schema(allowableValues = {"dead", "stored", "duplicate", "dropped", "discarded"})
            String result,

            @Nullable String reason,
            @Nullable String stage,
            @Nullable String cause,
            @Nullable String exception) {
        static Attempt of(StoredDeadLetter.Attempt attempt) {
            return new Attempt(
                    attempt.number(),
                    attempt.at(),
                    attempt.by(),
                    attempt.jobId(),
                    attempt.result(),
                    attempt.reason(),
                    attempt.stage(),
                    attempt.cause(),
                    attempt.exception());
        }
    }

    /**
     * Open letters that failed for one reason at one stage in one project.
     *
     * @param count with those that are retried just now
     * @param example the id of the newest, and its cause
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DeadLetterCause")
    record Cause(
            String reason,
            String stage,
            @Nullable Long projectId,
            long count,
            Instant oldest,
            Instant newest,
            long example,
            String exampleCause) {
        static Cause of(StoredDeadLetter.Cause cause) {
            return new Cause(
                    cause.reason(),
                    cause.stage(),
                    cause.projectId(),
                    cause.count(),
                    cause.oldest(),
                    cause.newest(),
                    cause.example(),
                    cause.exampleCause());
        }
    }
}
