package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An envelope as the processor understood it.
 *
 * @param eventId the event id that its header or its first event has
 * @param outcome stored if its framing was sound, dropped if nothing could be read of it; never a duplicate, which only the
 *     database can know
 * @param fault how our own code failed on the whole of it, if that is why it is dropped
 */
public record IngestedEnvelope(
        RawEnvelope raw,
        @Nullable EventId eventId,
        Outcome outcome,
        List<IngestedItem> items,
        @Nullable Fault fault) {

    public IngestedEnvelope {
        items = List.copyOf(items);
    }

    /** An envelope on which our own code did not fail. */
    public IngestedEnvelope(RawEnvelope raw, @Nullable EventId eventId, Outcome outcome, List<IngestedItem> items) {
        this(raw, eventId, outcome, items, null);
    }

    /** The same envelope with nothing of it understood, and why. */
    public static IngestedEnvelope dropped(RawEnvelope raw, Outcome.Dropped outcome) {
        return dropped(raw, outcome, null);
    }

    /** The same envelope with nothing of it understood, why, and how our own code failed on it if it did. */
    public static IngestedEnvelope dropped(RawEnvelope raw, Outcome.Dropped outcome, @Nullable Fault fault) {
        return new IngestedEnvelope(raw, raw.receipt().eventId(), outcome, List.of(), fault);
    }

    /** The same envelope with another item in the place of one. */
    public IngestedEnvelope with(int position, IngestedItem item) {
        List<IngestedItem> changed = new ArrayList<>(items);
        changed.set(position, item);
        return new IngestedEnvelope(raw, eventId, outcome, changed, fault);
    }

    /** What it weighs in memory: bytes of its body and characters of the rows that its items bring. */
    public long weight() {
        long weight = raw.body().length;
        for (IngestedItem item : items) {
            for (ItemRow row : item.rows()) {
                weight += row.weight();
            }
        }
        return weight;
    }
}
