package dev.resentry.processing.normalize;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A span in one shape, whichever way it came.
 *
 * @param spanId 16 lower-case hex digits
 * @param segment whether it is the first span of its service in the trace
 * @param description what was done, cut
 * @param data its attributes, each with its value
 * @param other what else was said of it, as it came; empty if nothing was
 */
public record NormalizedSpan(
        UUID traceId,
        String spanId,
        @Nullable String parentSpanId,
        boolean segment,
        @Nullable String op,
        @Nullable String description,
        @Nullable String status,
        @Nullable String origin,
        Instant startedAt,
        Instant endedAt,
        ObjectNode data,
        ObjectNode other) {

    /** The same with other words and data. */
    public NormalizedSpan with(@Nullable String otherDescription, ObjectNode otherData, ObjectNode others) {
        return new NormalizedSpan(
                traceId,
                spanId,
                parentSpanId,
                segment,
                op,
                otherDescription,
                status,
                origin,
                startedAt,
                endedAt,
                otherData,
                others);
    }

    /** The same at another time. */
    NormalizedSpan shifted(Duration shift) {
        return new NormalizedSpan(
                traceId,
                spanId,
                parentSpanId,
                segment,
                op,
                description,
                status,
                origin,
                startedAt.plus(shift),
                endedAt.plus(shift),
                data,
                other);
    }
}
