package dev.resentry.conversion;

import com.google.protobuf.ByteString;
import dev.resentry.model.outcome.DropReason;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts one message from OTLP's protobuf to OTLP's JSON. Counts the objects it makes, so each message needs a new one. */
final class OtlpMessage {
    private static final int MAX_DEPTH = 20;

    /** SDKs send at most 128 attributes, events and links of a span. */
    private static final int MAX_OBJECTS = 50_000;

    private int made;

    ObjectNode resource(Resource resource) {
        ObjectNode node = Json.object();
        attributes(node, resource.getAttributesList());
        return node;
    }

    ObjectNode scope(InstrumentationScope scope) {
        ObjectNode node = Json.object();
        node.put("name", scope.getName());
        node.put("version", scope.getVersion());
        return node;
    }

    ObjectNode span(Span span) {
        ObjectNode node = Json.object();
        node.put("traceId", hex(span.getTraceId()));
        node.put("spanId", hex(span.getSpanId()));
        node.put("parentSpanId", hex(span.getParentSpanId()));
        node.put("name", span.getName());
        node.put("kind", span.getKindValue());
        node.put("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()));
        node.put("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
        attributes(node, span.getAttributesList());
        node.putObject("status")
                .put("code", span.getStatus().getCodeValue())
                .put("message", span.getStatus().getMessage());
        ArrayNode events = node.putArray("events");
        for (Span.Event event : span.getEventsList()) {
            ObjectNode each = add(events);
            each.put("name", event.getName());
            each.put("timeUnixNano", Long.toUnsignedString(event.getTimeUnixNano()));
            attributes(each, event.getAttributesList());
        }
        ArrayNode links = node.putArray("links");
        for (Span.Link link : span.getLinksList()) {
            ObjectNode each = add(links);
            each.put("traceId", hex(link.getTraceId()));
            each.put("spanId", hex(link.getSpanId()));
            each.put("flags", link.getFlags());
            attributes(each, link.getAttributesList());
        }
        return node;
    }

    ObjectNode log(LogRecord log) {
        ObjectNode node = Json.object();
        node.put("timeUnixNano", Long.toUnsignedString(log.getTimeUnixNano()));
        node.put("observedTimeUnixNano", Long.toUnsignedString(log.getObservedTimeUnixNano()));
        node.put("severityNumber", log.getSeverityNumberValue());
        node.put("severityText", log.getSeverityText());
        node.put("eventName", log.getEventName());
        value(node.putObject("body"), log.getBody(), 0);
        node.put("traceId", hex(log.getTraceId()));
        node.put("spanId", hex(log.getSpanId()));
        attributes(node, log.getAttributesList());
        return node;
    }

    private void attributes(ObjectNode node, List<KeyValue> pairs) {
        put(node.putArray("attributes"), pairs, 0);
    }

    private void put(ArrayNode array, List<KeyValue> pairs, int depth) {
        for (KeyValue pair : pairs) {
            ObjectNode each = add(array);
            each.put("key", pair.getKey());
            value(each.putObject("value"), pair.getValue(), depth);
        }
    }

    /** Values nested deeper than {@code MAX_DEPTH} are left out. */
    private void value(ObjectNode node, AnyValue value, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        switch (value.getValueCase()) {
            case STRING_VALUE -> node.put("stringValue", value.getStringValue());
            case BOOL_VALUE -> node.put("boolValue", value.getBoolValue());
            case INT_VALUE -> node.put("intValue", Long.toString(value.getIntValue()));
            case DOUBLE_VALUE -> node.put("doubleValue", value.getDoubleValue());
            case BYTES_VALUE -> node.put("bytesValue", value.getBytesValue().toByteArray());
            case ARRAY_VALUE -> {
                ArrayNode values = node.putObject("arrayValue").putArray("values");
                value.getArrayValue().getValuesList().forEach(each -> value(add(values), each, depth + 1));
            }
            case KVLIST_VALUE ->
                put(
                        node.putObject("kvlistValue").putArray("values"),
                        value.getKvlistValue().getValuesList(),
                        depth + 1);
            default -> {
                // No value, or a kind of value that a later version of OTLP added.
            }
        }
    }

    private ObjectNode add(ArrayNode array) {
        if (++made > MAX_OBJECTS) {
            throw new RejectedBodyException(
                    DropReason.TOO_LARGE,
                    "an entry of more than %d attributes, events, links and values".formatted(MAX_OBJECTS));
        }
        return array.addObject();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
