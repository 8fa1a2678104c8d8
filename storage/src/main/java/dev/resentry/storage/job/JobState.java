package dev.resentry.storage.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a job is in its life. */
public sealed interface JobState {

    /**
     * Waits to be taken up.
     *
     * @param availableAt not before
     * @param failure why its last step failed, if that is why it waits
     */
    record Queued(Instant availableAt, @Nullable String failure) implements JobState {}

    /**
     * Is worked on; after the end of the lease anyone may take it up.
     *
     * @param owner who holds the lease
     */
    record Running(String owner, Instant leaseUntil) implements JobState {}

    /** Rests until it is resumed; a step that was under way may still end. */
    record Paused(String by) implements JobState {}

    /** Is about to end before it is done. */
    record Cancelling(String by) implements JobState {}

    /**
     * Ended before it was done.
     *
     * @param resultJson a JSON object that tells of what was done, if its kind has a result
     */
    record Cancelled(
            Instant finishedAt, String by, @Nullable String resultJson) implements JobState {}

    /**
     * Is done.
     *
     * @param resultJson a JSON object, if its kind has a result
     */
    record Succeeded(Instant finishedAt, @Nullable String resultJson) implements JobState {}

    /**
     * Failed again and again, and is not tried any more.
     *
     * @param resultJson a JSON object that tells of what was done, if its kind has a result
     */
    record Failed(
            Instant finishedAt, String failure, @Nullable String resultJson) implements JobState {}

    /** As tables and the API have it. */
    default String wireName() {
        return switch (this) {
            case Queued _ -> "queued";
            case Running _ -> "running";
            case Paused _ -> "paused";
            case Cancelling _ -> "cancelling";
            case Cancelled _ -> "cancelled";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
        };
    }
}
