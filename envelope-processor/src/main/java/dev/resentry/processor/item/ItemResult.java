package dev.resentry.processor.item;

import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.storage.ingest.ItemRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an item. */
public sealed interface ItemResult {

    /** The event it is or belongs to. */
    @Nullable
    EventId eventId();

    /** Rows are stored of it, beside the item itself. */
    record Stored(@Nullable EventId eventId, List<ItemRow> rows) implements ItemResult {
        public Stored {
            rows = List.copyOf(rows);
        }
    }

    /** It is kept as an item of its envelope, and nothing else is made of it. */
    record Kept(@Nullable EventId eventId) implements ItemResult {}

    /** Nothing can be made of it; its payload stays in the envelope's body. */
    record Dropped(@Nullable EventId eventId, DropReason reason, String cause) implements ItemResult {}

    /** Its project does not want it; its payload stays in the envelope's body. */
    record Filtered(@Nullable EventId eventId, InboundFilter filter) implements ItemResult {}

    /** A handler threw, which is a fault of our own code. */
    record Failed(Throwable failure) implements ItemResult {
        @Override
        public @Nullable EventId eventId() {
            return null;
        }
    }
}
