package dev.resentry.storage.deadletter;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is kept.
 *
 * @param exception of our own code, if it failed
 * @param itemPosition of an item inside an envelope that is stored; null for a whole record
 * @param state open, retrying, resolved or discarded
 * @param retryJob the job that retries it
 * @param attempts how often it was retried
 * @param resolution of resolved: stored, duplicate, dropped or expired; of discarded: because of what
 */
public record StoredDeadLetter(
        long id,
        Instant at,
        String reason,
        String stage,
        String cause,
        @Nullable String exception,
        @Nullable Long projectId,
        @Nullable UUID envelopeId,
        @Nullable UUID eventId,
        @Nullable Integer itemPosition,
        String topic,
        int partition,
        long offset,
        String state,
        @Nullable Long retryJob,
        int attempts,
        @Nullable String resolution,
        @Nullable String resolvedBy,
        @Nullable Instant resolvedAt) {

    /**
     * An entry of the history: a failure, or how it ended.
     *
     * @param by who asked for it; processor for the failure that made the letter
     * @param result dead, stored, duplicate, dropped or discarded
     */
    public record Attempt(
            int number,
            Instant at,
            String by,
            @Nullable Long jobId,
            String result,
            @Nullable String reason,
            @Nullable String stage,
            @Nullable String cause,
            @Nullable String exception) {}

    /**
     * Open letters that failed for one reason at one stage in one project.
     *
     * @param count with those that are retried just now
     * @param example the newest of them, and its cause
     */
    public record Cause(
            String reason,
            String stage,
            @Nullable Long projectId,
            long count,
            Instant oldest,
            Instant newest,
            long example,
            String exampleCause) {}

    /** The bytes of a letter as they came. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Body(byte[] bytes, @Nullable String contentEncoding) {}
}
