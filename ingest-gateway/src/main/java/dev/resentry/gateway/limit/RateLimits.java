package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import java.util.Map;
import java.util.Set;

/** Decides what is let through. */
public interface RateLimits {
    /** Lets everything through. */
    RateLimits NONE = new RateLimits() {
        @Override
        public Decision admit(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities) {
            return Decision.ADMITTED;
        }

        @Override
        public Set<DataCategory> counted(ProjectConfig project, PublicKey key) {
            return Set.of();
        }

        @Override
        public void refund(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities, long admittedAt) {}
    };

    /**
     * Decides for one request, and counts what is let through. A quantity goes through whole or not at all, and only if it fits
     * every limit of the project and of the key that counts its category. Called by any number of threads, never waits.
     *
     * @param quantities how much of each category the request brings, in the unit of the category (ingest protocol, 5.3);
     *     what brings 0 is refused only by limits that refuse all
     */
    Decision admit(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities);

    /** What any limit of the project or the key counts. */
    Set<DataCategory> counted(ProjectConfig project, PublicKey key);

    /**
     * Takes back what {@link #admit} counted and what is not kept after all.
     *
     * @param quantities of categories that were let through
     * @param admittedAt when, in milliseconds of the epoch: what was counted in a window that is over is of no use to anybody
     */
    void refund(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities, long admittedAt);
}
