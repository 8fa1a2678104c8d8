package dev.resentry.processing.normalize;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings spans into one shape: those of transactions and single ones (version 1), and those of containers (version 2). */
public final class SpanNormalizer {
    private static final int MAX_OP = 128;
    private static final int MAX_WORD = 64;
    private static final int MAX_DESCRIPTION = 2_000;

    private static final Set<String> FIRST_VERSION = Set.of(
            "trace_id",
            "span_id",
            "parent_span_id",
            "is_segment",
            "op",
            "description",
            "status",
            "origin",
            "start_timestamp",
            "timestamp",
            "data");

    private static final Set<String> SECOND_VERSION = Set.of(
            "trace_id",
            "span_id",
            "parent_span_id",
            "is_segment",
            "name",
            "status",
            "start_timestamp",
            "end_timestamp",
            "attributes");

    private SpanNormalizer() {}

    /** Normalises a span that is an item of its own. */
    public static Normalization<NormalizedSpan> single(ObjectNode span, SenderClock clock) {
        try {
            NormalizedSpan normalized = first(span, "");
            return new Normalization.Valid<>(normalized.shifted(clock.shift(normalized.endedAt())));
        } catch (InvalidFieldException e) {
            return new Normalization.Invalid<>(String.valueOf(e.getMessage()));
        }
    }

    /** A span of version 1. */
    static NormalizedSpan first(ObjectNode span, String path) {
        UnstorableText.replaceIn(span);
        var fields = new TraceFields(span, path);
        Instant start = fields.time("start_timestamp");
        return new NormalizedSpan(
                fields.traceId("trace_id"),
                fields.spanId("span_id"),
                fields.optionalSpanId("parent_span_id"),
                span.path("is_segment").asBoolean(false),
                fields.text("op", MAX_OP),
                fields.text("description", MAX_DESCRIPTION),
                fields.text("status", MAX_WORD),
                fields.text("origin", MAX_WORD),
                start,
                fields.timeNotBefore("timestamp", start),
                span.path("data") instanceof ObjectNode data ? data : span.objectNode(),
                without(span, FIRST_VERSION));
    }

    /** A span of version 2, whose attributes have types. */
    static NormalizedSpan second(ObjectNode span, String path) {
        UnstorableText.replaceIn(span);
        var fields = new TraceFields(span, path);
        Instant start = fields.time("start_timestamp");
        ObjectNode attributes = values(span);
        var words = new TraceFields(attributes, path);
        String description = words.text("sentry.description", MAX_DESCRIPTION);
        return new NormalizedSpan(
                fields.traceId("trace_id"),
                fields.spanId("span_id"),
                fields.optionalSpanId("parent_span_id"),
                span.path("is_segment").asBoolean(false),
                words.text("sentry.op", MAX_OP),
                description == null ? fields.text("name", MAX_DESCRIPTION) : description,
                fields.text("status", MAX_WORD),
                words.text("sentry.origin", MAX_WORD),
                start,
                fields.timeNotBefore("end_timestamp", start),
                attributes,
                without(span, SECOND_VERSION));
    }

    /** The values of attributes, whose types their JSON shows. */
    private static ObjectNode values(ObjectNode span) {
        ObjectNode values = span.objectNode();
        span.path("attributes").properties().forEach(attribute -> {
            @Nullable JsonNode value = attribute.getValue().get("value");
            if (value != null) {
                values.set(attribute.getKey(), value);
            }
        });
        return values;
    }

    private static ObjectNode without(ObjectNode span, Set<String> names) {
        ObjectNode others = span.objectNode();
        span.properties().forEach(field -> {
            if (!names.contains(field.getKey())) {
                others.set(field.getKey(), field.getValue());
            }
        });
        return others;
    }
}
