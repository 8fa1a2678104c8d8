package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import java.util.Map;

/** Decides what is let through. */
public interface RateLimits {

    /**
     * Decides for one request, and counts what is let through. A quantity goes through whole or not at all, and only if it fits
     * every limit of the project and of the key that counts its category. Called by any number of threads, never waits.
     *
     * @param quantities how much of each category the request brings, in the unit of the category (ingest protocol, 5.3);
     *     what brings 0 is refused only by limits that refuse all
     */
    Decision admit(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities);
}
