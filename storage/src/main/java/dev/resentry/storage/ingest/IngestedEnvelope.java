package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An envelope as the processor understood it.
 *
 * @param eventId the event id that its header or its first event has
 * @param outcome stored if its framing was sound, dropped if nothing could be read of it; never a duplicate, which only the
 *     database can know
 */
public record IngestedEnvelope(RawEnvelope raw, @Nullable EventId eventId, Outcome outcome, List<IngestedItem> items) {

    public IngestedEnvelope {
        items = List.copyOf(items);
    }

    /** The same envelope with nothing of it understood, and why. */
    public static IngestedEnvelope dropped(RawEnvelope raw, Outcome.Dropped outcome) {
        return new IngestedEnvelope(raw, raw.receipt().eventId(), outcome, List.of());
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
