package dev.resentry.storage.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a step of a job came to. */
public sealed interface JobStep {

    /**
     * A part is done and there is more.
     *
     * @param stateJson a JSON object that the next step is given, whoever does it; null leaves what was noted before
     * @param rest how long to leave others the database before the next step
     */
    record Advanced(JobProgress progress, @Nullable String stateJson, Duration rest) implements JobStep {
        public Advanced(JobProgress progress) {
            this(progress, null, Duration.ZERO);
        }
    }

    /** Nothing can be done before something else has happened; the job is taken up again after a while, by anyone. */
    record Waiting(Duration retryAfter) implements JobStep {}

    /**
     * All is done.
     *
     * @param resultJson a JSON object, if there is a result
     */
    record Finished(@Nullable String resultJson) implements JobStep {}

    /**
     * All is done that had to be after {@link JobHandler#giveUp}.
     *
     * @param failure why the job failed
     * @param resultJson a JSON object that tells of what was done, if there is a result
     */
    record Failed(String failure, @Nullable String resultJson) implements JobStep {}
}
