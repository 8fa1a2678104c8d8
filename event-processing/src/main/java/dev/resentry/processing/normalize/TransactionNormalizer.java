package dev.resentry.processing.normalize;

import dev.resentry.model.event.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings what SDKs send as a transaction into one shape. Unlike an error, it is nothing without its ids and times: one that
 * lacks them, or has a span that does, is invalid (ingest protocol, section 8.9).
 */
public final class TransactionNormalizer {
    private static final int MAX_NAME = 200;
    private static final int MAX_WORD = 128;
    private static final String UNNAMED = "<unlabeled transaction>";

    private TransactionNormalizer() {}

    /**
     * Normalises a transaction, changing its tree in place.
     *
     * @param envelopeEventId the id in the envelope's header, which wins over the transaction's own
     * @param fallbackId the id of a transaction that has none anywhere
     * @param maxSpans how many of its spans are kept
     */
    public static Normalization<NormalizedTransaction> normalize(
            ObjectNode json, @Nullable EventId envelopeEventId, EventId fallbackId, Instant receivedAt, int maxSpans) {
        try {
            return new Normalization.Valid<>(normalized(json, envelopeEventId, fallbackId, receivedAt, maxSpans));
        } catch (InvalidFieldException e) {
            return new Normalization.Invalid<>(String.valueOf(e.getMessage()));
        }
    }

    private static NormalizedTransaction normalized(
            ObjectNode json, @Nullable EventId envelopeEventId, EventId fallbackId, Instant receivedAt, int maxSpans) {
        var fields = new TraceFields(json, "");
        Instant start = fields.time("start_timestamp");
        Instant end = fields.timeNotBefore("timestamp", start);
        Duration shift = Timestamps.shift(end, receivedAt);
        JsonNode spans = json.path("spans");
        json.remove("spans");
        if (!json.path("level").isString()) {
            json.put("level", "info");
        }
        NormalizedEvent event = EventNormalizer.normalize(json, envelopeEventId, fallbackId, receivedAt);
        json.put("type", "transaction");
        json.put("start_timestamp", start.plus(shift).toString());
        json.put("timestamp", end.plus(shift).toString());
        TraceFields trace = fields.in("contexts").in("trace");
        TraceFields sdk = fields.in("sdk");
        String name = fields.text("transaction", MAX_NAME);
        return new NormalizedTransaction(
                event,
                name == null ? UNNAMED : name,
                trace.traceId("trace_id"),
                trace.spanId("span_id"),
                trace.optionalSpanId("parent_span_id"),
                trace.text("op", MAX_WORD),
                trace.text("status", MAX_WORD),
                start.plus(shift),
                end.plus(shift),
                httpMethod(fields, trace),
                httpStatus(json),
                sdk.text("name", MAX_WORD),
                sdk.text("version", MAX_WORD),
                json.path("measurements") instanceof ObjectNode measurements ? measurements : json.objectNode(),
                spans.size(),
                spans(spans, shift, maxSpans));
    }

    private static List<NormalizedSpan> spans(JsonNode given, Duration shift, int maxSpans) {
        List<NormalizedSpan> spans = new ArrayList<>();
        for (int i = 0; i < Math.min(given.size(), maxSpans); i++) {
            if (!(given.get(i) instanceof ObjectNode span)) {
                throw new InvalidFieldException(
                        "spans[%d]".formatted(i), String.valueOf(given.get(i)), "a JSON object");
            }
            spans.add(SpanNormalizer.first(span, "spans[%d].".formatted(i)).shifted(shift));
        }
        return spans;
    }

    private static @Nullable String httpMethod(TraceFields fields, TraceFields trace) {
        String method = fields.in("request").text("method", MAX_WORD);
        return method == null ? trace.in("data").text("http.request.method", MAX_WORD) : method;
    }

    /** SDKs say it in one of three places. */
    private static @Nullable Integer httpStatus(ObjectNode json) {
        JsonNode contexts = json.path("contexts");
        for (JsonNode given : List.of(
                contexts.path("response").path("status_code"),
                contexts.path("trace").path("data").path("http.response.status_code"),
                json.path("tags").path("http.status_code"))) {
            int status = given.asInt(0);
            if (status >= 100 && status < 1000) {
                return status;
            }
        }
        return null;
    }
}
