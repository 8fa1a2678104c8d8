package dev.resentry.storage.artifact;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.ingest.ItemRow;
import java.util.Set;
import java.util.UUID;

/**
 * That frames of an event stayed minified for want of source maps. Goes with the row of the event.
 *
 * @param debugIds of files whose maps are missing; empty if the event knows none of them
 */
public record MissingSourceMaps(EventId eventId, String release, Set<UUID> debugIds) implements ItemRow {
    /**
     * That.
     *
     * @param release empty if the event has none
     */
    public MissingSourceMaps {
        debugIds = Set.copyOf(debugIds);
    }

    @Override
    public long weight() {
        return release.length() + 36L * debugIds.size();
    }
}
