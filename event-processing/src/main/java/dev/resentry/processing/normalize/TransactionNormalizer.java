package dev.resentry.processing.normalize;

import dev.resentry.processing.meta.EventErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings what SDKs send as a transaction into one shape. Unlike an error, it is nothing without its ids and times: one that
 * lacks them is invalid (ingest protocol, section 8.9). A span that lacks them goes alone, with an error on the transaction.
 */
public final class TransactionNormalizer {
    private static final int MAX_NAME = 200;
    private static final int MAX_WORD = 128;
    private static final String UNNAMED = "<unlabeled transaction>";

    private TransactionNormalizer() {}

    /**
     * Normalises a transaction, changing its tree in place.
     *
     * @param maxSpans how many of its spans are kept
     */
    public static Normalization<NormalizedTransaction> normalize(
            ObjectNode json, NormalizationContext context, int maxSpans) {
        return normalize(new EventJson.Read.Json(json, false), context, maxSpans);
    }

    /** The same for one to which nothing was added since it was read. */
    public static Normalization<NormalizedTransaction> normalize(
            EventJson.Read.Json read, NormalizationContext context, int maxSpans) {
        try {
            return new Normalization.Valid<>(normalized(read, context, maxSpans));
        } catch (InvalidFieldException e) {
            return new Normalization.Invalid<>(String.valueOf(e.getMessage()));
        }
    }

    private static NormalizedTransaction normalized(
            EventJson.Read.Json read, NormalizationContext context, int maxSpans) {
        ObjectNode json = read.event();
        var fields = new TraceFields(json, "");
        Instant start = fields.time("start_timestamp");
        Instant end = fields.timeNotBefore("timestamp", start);
        @Nullable JsonNode given = json.remove("spans");
        JsonNode spans = given == null ? json.arrayNode() : given;
        TransactionNames.apply(json);
        NormalizedEvent event = EventNormalizer.normalize(read, context, EventNormalizer.Kind.TRANSACTION);
        Duration shift = Duration.between(end, event.occurredAt());
        json.put("start_timestamp", start.plus(shift).toString());
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
                event.occurredAt(),
                httpMethod(fields, trace),
                httpStatus(json),
                sdk.text("name", MAX_WORD),
                sdk.text("version", MAX_WORD),
                json.path("measurements") instanceof ObjectNode measurements ? measurements : json.objectNode(),
                spans.size(),
                spans(spans, shift, maxSpans, new EventErrors(json)));
    }

    private static List<NormalizedSpan> spans(JsonNode given, Duration shift, int maxSpans, EventErrors errors) {
        List<NormalizedSpan> spans = new ArrayList<>();
        for (int i = 0; i < given.size() && spans.size() < maxSpans; i++) {
            JsonNode span = given.get(i);
            try {
                spans.add(span(span, "spans[%d].".formatted(i)).shifted(shift));
            } catch (InvalidFieldException e) {
                errors.add(EventErrors.Kind.INVALID_DATA, "spans." + i, span, String.valueOf(e.getMessage()));
            }
        }
        return spans;
    }

    private static NormalizedSpan span(JsonNode given, String path) {
        if (given instanceof ObjectNode span) {
            return SpanNormalizer.first(span, path);
        }
        throw new InvalidFieldException(path, String.valueOf(given), "a JSON object");
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
