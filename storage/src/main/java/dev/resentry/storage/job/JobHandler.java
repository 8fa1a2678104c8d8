package dev.resentry.storage.job;

import java.util.Optional;

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

    /**
     * Where a job goes on that is not tried any more, because something has to be done before it may end: the steps behind it do
     * that and end it by {@link JobStep.Failed}. Empty if it ends at once, as a job has to whose end fails too.
     *
     * @param failure why its last step failed
     */
    default Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        return Optional.empty();
    }
}
