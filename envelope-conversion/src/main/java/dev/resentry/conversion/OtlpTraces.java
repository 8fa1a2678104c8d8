package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts a trace export into containers of spans, and each exception that a span recorded into an event. Only the first {@value
 * #MAX_EXCEPTIONS} exceptions become events, because an outage records thousands of the same; the spans keep all of them.
 */
final class OtlpTraces {
    private static final String CONTENT_TYPE = "application/vnd.sentry.items.span.v2+json";
    private static final int MAX_EXCEPTIONS = 500;
    private static final int MAX_EXCEPTION_BYTES = 4 * 1024 * 1024;
    private static final int ERROR = 2;
    private static final int SAMPLED = 1;
    private static final String[] KINDS = {"", "internal", "server", "client", "producer", "consumer"};

    private final OtlpContainers spans = new OtlpContainers(ItemType.Known.SPAN, CONTENT_TYPE);
    private final List<EnvelopeItem> exceptions = new ArrayList<>();
    private long exceptionBytes;

    private OtlpTraces() {}

    static List<EnvelopeItem> items(boolean json, byte[] content) {
        var traces = new OtlpTraces();
        OtlpBody.traces(json, content, traces::add);
        List<EnvelopeItem> items = new ArrayList<>(traces.exceptions);
        items.addAll(traces.spans.items());
        return items;
    }

    private void add(ObjectNode resource, ObjectNode scope, JsonNode span) {
        spans.add(span(span, resource, scope));
        for (JsonNode event : span.path("events")) {
            if (exceptions.size() < MAX_EXCEPTIONS
                    && exceptionBytes < MAX_EXCEPTION_BYTES
                    && "exception".equals(Json.text(event, "name"))) {
                EnvelopeItem exception = exception(event, span, resource);
                exceptionBytes += exception.payload().length();
                exceptions.add(exception);
            }
        }
    }

    private static ObjectNode span(JsonNode span, ObjectNode resource, ObjectNode scope) {
        ObjectNode node = Json.object();
        Json.put(node, "trace_id", Json.text(span, "traceId"));
        Json.put(node, "span_id", Json.text(span, "spanId"));
        String parent = Json.text(span, "parentSpanId");
        Json.put(node, "parent_span_id", parent);
        Json.put(node, "name", Json.text(span, "name"));
        Json.put(node, "kind", kind(span.path("kind").asInt(0)));
        node.put("is_segment", parent == null);
        node.put("status", span.path("status").path("code").asInt(0) == ERROR ? "error" : "ok");
        OtlpAttributes.putSeconds(node, "start_timestamp", span.path("startTimeUnixNano"));
        OtlpAttributes.putSeconds(node, "end_timestamp", span.path("endTimeUnixNano"));
        ObjectNode attributes = node.putObject("attributes");
        attributes.setAll(resource);
        attributes.setAll(scope);
        OtlpAttributes.addTo(attributes, span.path("attributes"));
        OtlpAttributes.putText(attributes, "sentry.status.message", Json.text(span.path("status"), "message"));
        putLinks(node, span.path("links"));
        putEvents(node, span.path("events"));
        return node;
    }

    private static @Nullable String kind(int number) {
        return number > 0 && number < KINDS.length ? KINDS[number] : null;
    }

    private static void putLinks(ObjectNode node, JsonNode links) {
        if (!links.isEmpty()) {
            ArrayNode array = node.putArray("links");
            for (JsonNode link : links) {
                ObjectNode each = array.addObject();
                Json.put(each, "trace_id", Json.text(link, "traceId"));
                Json.put(each, "span_id", Json.text(link, "spanId"));
                each.put("sampled", (link.path("flags").asInt(0) & SAMPLED) != 0);
                OtlpAttributes.addTo(each.putObject("attributes"), link.path("attributes"));
            }
        }
    }

    private static void putEvents(ObjectNode node, JsonNode events) {
        if (!events.isEmpty()) {
            ArrayNode array = node.putArray("events");
            for (JsonNode event : events) {
                ObjectNode each = array.addObject();
                Json.put(each, "name", Json.text(event, "name"));
                OtlpAttributes.putSeconds(each, "timestamp", event.path("timeUnixNano"));
                OtlpAttributes.addTo(each.putObject("attributes"), event.path("attributes"));
            }
        }
    }

    private static EnvelopeItem exception(JsonNode event, JsonNode span, ObjectNode resource) {
        ObjectNode attributes = Json.object();
        OtlpAttributes.addTo(attributes, event.path("attributes"));
        ObjectNode node = Json.object();
        node.put("platform", platform(OtlpAttributes.text(resource, "telemetry.sdk.language")));
        node.put("level", "error");
        OtlpAttributes.putSeconds(node, "timestamp", event.path("timeUnixNano"));
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

    private static @Nullable String environment(ObjectNode resource) {
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
}
