package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.outcome.DropReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes one container of spans of a trace export, and an event of each exception that a span recorded. */
final class OtlpTraces {
    private static final String CONTENT_TYPE = "application/vnd.sentry.items.span.v2+json";
    private static final int ERROR = 2;

    private OtlpTraces() {}

    static List<EnvelopeItem> items(JsonNode request) {
        if (!request.isObject()) {
            throw new RefusedException(DropReason.INVALID_JSON, "expected a JSON object");
        }
        ObjectNode container = Json.object();
        ArrayNode spans = container.putArray("items");
        List<EnvelopeItem> items = new ArrayList<>();
        for (JsonNode group : request.path("resourceSpans")) {
            JsonNode resource = group.path("resource").path("attributes");
            for (JsonNode scope : group.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    spans.add(span(span, resource));
                    for (JsonNode event : span.path("events")) {
                        if ("exception".equals(Json.text(event, "name"))) {
                            items.add(exception(event, span, resource));
                        }
                    }
                }
            }
        }
        if (!spans.isEmpty()) {
            items.add(container(ItemType.Known.SPAN, CONTENT_TYPE, container, spans.size()));
        }
        return items;
    }

    static EnvelopeItem container(ItemType type, String contentType, ObjectNode container, int count) {
        var header = ItemHeader.of(type).with("content_type", contentType);
        header.json().put("item_count", count);
        return EnvelopeItem.of(header, Payload.of(Json.bytes(container)));
    }

    private static ObjectNode span(JsonNode span, JsonNode resource) {
        ObjectNode node = Json.object();
        Json.put(node, "trace_id", Json.text(span, "traceId"));
        Json.put(node, "span_id", Json.text(span, "spanId"));
        String parent = Json.text(span, "parentSpanId");
        Json.put(node, "parent_span_id", parent);
        Json.put(node, "name", Json.text(span, "name"));
        node.put("is_segment", parent == null);
        node.put("status", span.path("status").path("code").asInt(0) == ERROR ? "error" : "ok");
        putSeconds(node, "start_timestamp", span.path("startTimeUnixNano"));
        putSeconds(node, "end_timestamp", span.path("endTimeUnixNano"));
        ObjectNode attributes = node.putObject("attributes");
        OtlpAttributes.addTo(attributes, resource);
        OtlpAttributes.addTo(attributes, span.path("attributes"));
        return node;
    }

    private static EnvelopeItem exception(JsonNode event, JsonNode span, JsonNode resource) {
        JsonNode attributes = event.path("attributes");
        ObjectNode node = Json.object();
        node.put("platform", platform(OtlpAttributes.text(resource, "telemetry.sdk.language")));
        node.put("level", "error");
        putSeconds(node, "timestamp", event.path("timeUnixNano"));
        Json.put(node, "transaction", Json.text(span, "name"));
        Json.put(node, "release", OtlpAttributes.text(resource, "service.version"));
        Json.put(node, "environment", environment(resource));
        ObjectNode exception = node.putObject("exception").putArray("values").addObject();
        String type = OtlpAttributes.text(attributes, "exception.type");
        exception.put("type", type == null ? "Error" : type);
        Json.put(exception, "value", OtlpAttributes.text(attributes, "exception.message"));
        StackText.addTo(exception, node, OtlpAttributes.text(attributes, "exception.stacktrace"));
        ObjectNode trace = node.putObject("contexts").putObject("trace");
        Json.put(trace, "trace_id", Json.text(span, "traceId"));
        Json.put(trace, "span_id", Json.text(span, "spanId"));
        Json.put(node.putObject("tags"), "service.name", OtlpAttributes.text(resource, "service.name"));
        return EnvelopeConversion.item(ItemType.Known.EVENT, node);
    }

    private static @Nullable String environment(JsonNode resource) {
        String current = OtlpAttributes.text(resource, "deployment.environment.name");
        return current == null ? OtlpAttributes.text(resource, "deployment.environment") : current;
    }

    private static String platform(@Nullable String language) {
        return switch (language) {
            case null -> "other";
            case "nodejs" -> "node";
            case "webjs" -> "javascript";
            case "dotnet" -> "csharp";
            default -> language;
        };
    }

    static void putSeconds(ObjectNode node, String name, JsonNode nanos) {
        BigDecimal seconds = OtlpAttributes.seconds(nanos);
        if (seconds != null) {
            node.put(name, seconds);
        }
    }
}
