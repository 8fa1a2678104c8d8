package dev.resentry.storage.log;

import dev.resentry.model.log.LogLevel;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log on its way into the database.
 *
 * @param occurredAt by its own clock
 * @param sequence the order that its sender gives to logs of one moment
 * @param spanId in hex
 * @param severity a number of OpenTelemetry, 1 to 24
 * @param serverAddress the name of the machine
 * @param attributesJson its attributes as a JSON object of values
 */
public record NewLog(
        Instant occurredAt,
        long sequence,
        @Nullable UUID traceId,
        @Nullable String spanId,
        LogLevel level,
        int severity,
        String body,
        @Nullable String environment,
        @Nullable String release,
        @Nullable String sdkName,
        @Nullable String serverAddress,
        String attributesJson)
        implements ItemRow {
    /** About what a row takes beside its texts, of which most are short. */
    private static final long FIXED_WEIGHT = 250;

    @Override
    public long weight() {
        return FIXED_WEIGHT + body.length() + attributesJson.length();
    }
}
