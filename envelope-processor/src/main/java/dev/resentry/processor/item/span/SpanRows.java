package dev.resentry.processor.item.span;

import dev.resentry.model.event.EventId;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.NormalizedSpan;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.storage.span.NewSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes rows of spans. */
public final class SpanRows {
    private SpanRows() {}

    /**
     * The row of a span.
     *
     * @param transactionId the transaction that the span came with, if it did
     * @param scrubber what takes out what is not to be kept of it
     */
    public static NewSpan of(NormalizedSpan given, @Nullable EventId transactionId, Scrubber scrubber) {
        NormalizedSpan span = scrubbed(given, scrubber);
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

    /** What is said of a span in words, its data, and what else there is. */
    private static NormalizedSpan scrubbed(NormalizedSpan span, Scrubber scrubber) {
        ObjectNode tree = span.other();
        tree.set("data", span.data());
        if (span.description() != null) {
            tree.put("description", span.description());
        }
        scrubber.scrubSpan(tree);
        JsonNode description = tree.remove("description");
        JsonNode data = tree.remove("data");
        return span.with(
                description == null ? null : description.asString(),
                data instanceof ObjectNode object ? object : tree.objectNode(),
                tree);
    }
}
