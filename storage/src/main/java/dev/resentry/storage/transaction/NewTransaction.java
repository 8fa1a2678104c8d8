package dev.resentry.storage.transaction;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.event.IdentifiedRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A normalised transaction on its way into the database.
 *
 * @param spanId of the span that the transaction itself is, in hex
 * @param startedAt by its own clock
 * @param spanCount how many spans it was sent with
 * @param tagsJson a JSON object of texts
 * @param measurementsJson a JSON object
 * @param payloadJson the whole transaction without its spans, as a JSON object
 */
public record NewTransaction(
        EventId eventId,
        String name,
        @Nullable String op,
        @Nullable String status,
        UUID traceId,
        String spanId,
        @Nullable String parentSpanId,
        Instant startedAt,
        Instant endedAt,
        @Nullable String platform,
        @Nullable String release,
        @Nullable String environment,
        @Nullable String httpMethod,
        @Nullable Integer httpStatus,
        @Nullable String sdkName,
        @Nullable String sdkVersion,
        int spanCount,
        String tagsJson,
        String measurementsJson,
        String payloadJson)
        implements IdentifiedRow {

    @Override
    public long weight() {
        return payloadJson.length();
    }
}
