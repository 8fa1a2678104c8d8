package dev.resentry.storage.outbox;

import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.storage.ingest.IngestedItem;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** What the writers of a batch say of its items, for topic {@code events}. */
public final class ItemSummaries {
    // By identity: two equal items of one batch are two items.
    private final IdentityHashMap<IngestedItem, EventSummary> events = new IdentityHashMap<>();

    public void put(IngestedItem item, EventSummary summary) {
        events.put(item, summary);
    }

    @Nullable
    EventSummary of(IngestedItem item) {
        return events.get(item);
    }
}
