package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of an envelope. Its payload stays in the envelope's body.
 *
 * @param payloadOffset where the payload begins in the decoded body, in bytes
 * @param eventId the event it is, or belongs to
 * @param outcome its fate as far as the processor knows it
 * @param rows what is to be stored of it beside itself
 * @param fault how our own code failed on it, if that is why it is dropped
 */
public record IngestedItem(
        ItemHeader header,
        int payloadOffset,
        int payloadLength,
        @Nullable EventId eventId,
        Outcome outcome,
        List<ItemRow> rows,
        @Nullable Fault fault) {

    public IngestedItem {
        rows = List.copyOf(rows);
    }

    /** An item on which our own code did not fail. */
    public IngestedItem(
            ItemHeader header,
            int payloadOffset,
            int payloadLength,
            @Nullable EventId eventId,
            Outcome outcome,
            List<ItemRow> rows) {
        this(header, payloadOffset, payloadLength, eventId, outcome, rows, null);
    }

    /** The same item with nothing made of it, and why. */
    public IngestedItem dropped(Outcome.Dropped why) {
        return new IngestedItem(header, payloadOffset, payloadLength, eventId, why, List.of());
    }

    /** The same item with nothing made of it, because its project does not want it. */
    public IngestedItem filtered(Outcome.Filtered why) {
        return new IngestedItem(header, payloadOffset, payloadLength, eventId, why, List.of());
    }

    /** How much it is, in the unit of its category: bytes of an attachment, entries of a container, else 1. */
    public long quantity() {
        return header.quantity(payloadLength);
    }

    /** Its rows of a type. */
    public <R extends ItemRow> List<R> rows(Class<R> type) {
        return rows.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
