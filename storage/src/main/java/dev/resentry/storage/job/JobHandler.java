package dev.resentry.storage.job;

/** Does the work of one kind of job. */
public interface JobHandler {

    String kind();

    /**
     * Does a bounded part of a job, well within {@link JobRunner#LEASE}. Another process may do the same part once more, or at
     * the same time if this one outlasts its lease; the effect has to be that of doing it once.
     *
     * @throws RuntimeException if the part failed; it is tried again, see {@link JobRunner}
     */
    JobStep step(Job job);

    /**
     * Does a bounded part of what has to be done before a job ends that is cancelled, like {@link #step}; {@link JobStep.Finished}
     * ends it.
     */
    default JobStep cancel(Job job) {
        return new JobStep.Finished(null);
    }
}
