package dev.resentry.gateway.outcome;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import org.jspecify.annotations.Nullable;

/** Accounts for what is not kept: nothing that was sent is gone without a trace. */
public interface OutcomeReporter {

    /**
     * Notes what became of a quantity. Called by any number of threads, never waits.
     *
     * @param key with which key it was sent, if that is known
     * @param quantity in the unit of the category; 0 is nothing to report
     */
    void report(
            ProjectId project, @Nullable PublicKey key, DataCategory category, Outcome.Rejected outcome, long quantity);
}
