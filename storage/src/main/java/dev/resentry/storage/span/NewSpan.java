package dev.resentry.storage.span;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A normalised span on its way into the database.
 *
 * @param spanId in hex
 * @param transactionId the transaction that it came with; null if it came without one
 * @param segment whether it is the first of its service in the trace
 * @param startedAt by its own clock
 * @param dataJson its attributes as a JSON object of values
 * @param otherJson what else was said of it, as a JSON object; null if nothing was
 */
public record NewSpan(
        UUID traceId,
        String spanId,
        @Nullable String parentSpanId,
        @Nullable EventId transactionId,
        boolean segment,
        @Nullable String op,
        @Nullable String description,
        @Nullable String status,
        @Nullable String origin,
        Instant startedAt,
        Instant endedAt,
        String dataJson,
        @Nullable String otherJson)
        implements ItemRow {
    /** About what a row takes beside its texts, of which most are short. */
    private static final long FIXED_WEIGHT = 200;

    @Override
    public long weight() {
        return FIXED_WEIGHT
                + dataJson.length()
                + (otherJson == null ? 0 : otherJson.length())
                + (description == null ? 0 : description.length());
    }
}
