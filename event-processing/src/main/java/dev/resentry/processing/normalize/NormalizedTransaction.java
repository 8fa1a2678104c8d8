package dev.resentry.processing.normalize;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A transaction in one shape, its spans apart.
 *
 * @param event what it has in common with every event; its tree has no spans
 * @param spanId of the span that the transaction itself is, 16 lower-case hex digits
 * @param httpStatus with which it was answered, if it was a request
 * @param measurements by their names, as they came
 * @param spanCount how many spans were sent
 * @param spans the first of them, as many as are kept
 */
public record NormalizedTransaction(
        NormalizedEvent event,
        String name,
        UUID traceId,
        String spanId,
        @Nullable String parentSpanId,
        @Nullable String op,
        @Nullable String status,
        Instant startedAt,
        Instant endedAt,
        @Nullable String httpMethod,
        @Nullable Integer httpStatus,
        @Nullable String sdkName,
        @Nullable String sdkVersion,
        ObjectNode measurements,
        int spanCount,
        List<NormalizedSpan> spans) {

    public NormalizedTransaction {
        spans = List.copyOf(spans);
    }
}
