package dev.resentry.processor.item.span;

import dev.resentry.model.event.EventId;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.NormalizedSpan;
import dev.resentry.storage.span.NewSpan;
import org.jspecify.annotations.Nullable;

/** Makes rows of spans. */
public final class SpanRows {
    private SpanRows() {}

    /**
     * The row of a span.
     *
     * @param transactionId the transaction that the span came with, if it did
     */
    public static NewSpan of(NormalizedSpan span, @Nullable EventId transactionId) {
        return new NewSpan(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                transactionId,
                span.segment(),
                span.op(),
                span.description(),
                span.status(),
                span.origin(),
                span.startedAt(),
                span.endedAt(),
                EventJson.write(span.data()),
                span.other().isEmpty() ? null : EventJson.write(span.other()));
    }
}
