package dev.resentry.processing.normalize;

import dev.resentry.model.log.LogLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log in one shape, whichever way it came.
 *
 * @param occurredAt by its own clock
 * @param sequence tells apart, in order, logs of one moment of one sender; 0 if the sender does not count
 * @param spanId 16 lower-case hex digits
 * @param severity a number of OpenTelemetry, 1 to 24
 * @param attributes each with its value
 */
public record NormalizedLog(
        Instant occurredAt,
        long sequence,
        @Nullable UUID traceId,
        @Nullable String spanId,
        LogLevel level,
        int severity,
        String body,
        ObjectNode attributes) {

    /** The same with another body and other attributes. */
    public NormalizedLog with(String otherBody, ObjectNode otherAttributes) {
        return new NormalizedLog(occurredAt, sequence, traceId, spanId, level, severity, otherBody, otherAttributes);
    }

    /** The same at another time. */
    NormalizedLog shifted(Duration shift) {
        return new NormalizedLog(occurredAt.plus(shift), sequence, traceId, spanId, level, severity, body, attributes);
    }
}
