package dev.resentry.conversion;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.resentry.model.json.SenderJson;
import dev.resentry.model.outcome.DropReason;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads OTLP export requests, protobuf or JSON, into one shape: OTLP's JSON, in which ids are hex and 64-bit numbers are texts.
 */
final class OtlpBody {
    private static final int MAX_DEPTH = 20;

    private OtlpBody() {}

    static JsonNode traces(boolean json, byte[] content) {
        if (json) {
            return SenderJson.WITH_NON_NUMBERS.tree(content, 0, content.length);
        }
        try {
            ObjectNode root = Json.object();
            ArrayNode resources = root.putArray("resourceSpans");
            for (ResourceSpans group :
                    ExportTraceServiceRequest.parseFrom(content).getResourceSpansList()) {
                ObjectNode resource = resources.addObject();
                attributes(resource.putObject("resource"), group.getResource().getAttributesList(), 0);
                ArrayNode scopes = resource.putArray("scopeSpans");
                for (ScopeSpans scope : group.getScopeSpansList()) {
                    ArrayNode spans = scopes.addObject().putArray("spans");
                    scope.getSpansList().forEach(span -> put(spans.addObject(), span));
                }
            }
            return root;
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedException(DropReason.INVALID_PROTOBUF, String.valueOf(e.getMessage()));
        }
    }

    static JsonNode logs(boolean json, byte[] content) {
        if (json) {
            return SenderJson.WITH_NON_NUMBERS.tree(content, 0, content.length);
        }
        try {
            ObjectNode root = Json.object();
            ArrayNode resources = root.putArray("resourceLogs");
            for (ResourceLogs group :
                    ExportLogsServiceRequest.parseFrom(content).getResourceLogsList()) {
                ObjectNode resource = resources.addObject();
                attributes(resource.putObject("resource"), group.getResource().getAttributesList(), 0);
                ArrayNode scopes = resource.putArray("scopeLogs");
                for (ScopeLogs scope : group.getScopeLogsList()) {
                    ArrayNode records = scopes.addObject().putArray("logRecords");
                    scope.getLogRecordsList().forEach(log -> put(records.addObject(), log));
                }
            }
            return root;
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedException(DropReason.INVALID_PROTOBUF, String.valueOf(e.getMessage()));
        }
    }

    private static void put(ObjectNode node, Span span) {
        node.put("traceId", hex(span.getTraceId()));
        node.put("spanId", hex(span.getSpanId()));
        node.put("parentSpanId", hex(span.getParentSpanId()));
        node.put("name", span.getName());
        node.put("kind", span.getKindValue());
        node.put("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()));
        node.put("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
        attributes(node, span.getAttributesList(), 0);
        node.putObject("status")
                .put("code", span.getStatus().getCodeValue())
                .put("message", span.getStatus().getMessage());
        ArrayNode events = node.putArray("events");
        for (Span.Event event : span.getEventsList()) {
            ObjectNode each = events.addObject();
            each.put("name", event.getName());
            each.put("timeUnixNano", Long.toUnsignedString(event.getTimeUnixNano()));
            attributes(each, event.getAttributesList(), 0);
        }
    }

    private static void put(ObjectNode node, LogRecord log) {
        node.put("timeUnixNano", Long.toUnsignedString(log.getTimeUnixNano()));
        node.put("observedTimeUnixNano", Long.toUnsignedString(log.getObservedTimeUnixNano()));
        node.put("severityNumber", log.getSeverityNumberValue());
        node.put("severityText", log.getSeverityText());
        value(node.putObject("body"), log.getBody(), 0);
        node.put("traceId", hex(log.getTraceId()));
        node.put("spanId", hex(log.getSpanId()));
        attributes(node, log.getAttributesList(), 0);
    }

    private static void attributes(ObjectNode node, List<KeyValue> pairs, int depth) {
        ArrayNode attributes = node.putArray("attributes");
        for (KeyValue pair : pairs) {
            ObjectNode attribute = attributes.addObject();
            attribute.put("key", pair.getKey());
            value(attribute.putObject("value"), pair.getValue(), depth);
        }
    }

    private static void value(ObjectNode node, AnyValue value, int depth) {
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
                value.getArrayValue().getValuesList().forEach(each -> value(values.addObject(), each, depth + 1));
            }
            case KVLIST_VALUE -> {
                ArrayNode values = node.putObject("kvlistValue").putArray("values");
                for (KeyValue pair : value.getKvlistValue().getValuesList()) {
                    ObjectNode each = values.addObject();
                    each.put("key", pair.getKey());
                    value(each.putObject("value"), pair.getValue(), depth + 1);
                }
            }
            default -> {
                // Nothing, or a kind of value of a later version.
            }
        }
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
