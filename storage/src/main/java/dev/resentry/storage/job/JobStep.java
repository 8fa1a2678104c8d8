package dev.resentry.storage.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a step of a job came to. */
public sealed interface JobStep {

    /** A part is done and there is more. */
    record Advanced(JobProgress progress) implements JobStep {}

    /** Nothing can be done before something else has happened; the job is taken up again after a while, by anyone. */
    record Waiting(Duration retryAfter) implements JobStep {}

    /**
     * All is done.
     *
     * @param resultJson a JSON object, if there is a result
     */
    record Finished(@Nullable String resultJson) implements JobStep {}
}
