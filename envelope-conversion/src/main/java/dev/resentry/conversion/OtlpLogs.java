package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.outcome.DropReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes one container of log entries of a log export. */
final class OtlpLogs {
    private static final String CONTENT_TYPE = "application/vnd.sentry.items.log+json";

    private OtlpLogs() {}

    static List<EnvelopeItem> items(JsonNode request) {
        if (!request.isObject()) {
            throw new RefusedException(DropReason.INVALID_JSON, "expected a JSON object");
        }
        ObjectNode container = Json.object();
        ArrayNode logs = container.putArray("items");
        for (JsonNode group : request.path("resourceLogs")) {
            for (JsonNode scope : group.path("scopeLogs")) {
                for (JsonNode log : scope.path("logRecords")) {
                    logs.add(log(log, group.path("resource").path("attributes")));
                }
            }
        }
        return logs.isEmpty()
                ? List.of()
                : List.of(OtlpTraces.container(ItemType.Known.LOG, CONTENT_TYPE, container, logs.size()));
    }

    private static ObjectNode log(JsonNode log, JsonNode resource) {
        ObjectNode node = Json.object();
        OtlpTraces.putSeconds(node, "timestamp", log.path("observedTimeUnixNano"));
        OtlpTraces.putSeconds(node, "timestamp", log.path("timeUnixNano"));
        Json.put(node, "trace_id", Json.text(log, "traceId"));
        Json.put(node, "span_id", Json.text(log, "spanId"));
        int severity = log.path("severityNumber").asInt(0);
        node.put("severity_number", severity);
        node.put("level", level(severity, Json.text(log, "severityText")));
        JsonNode body = log.path("body");
        node.put(
                "body",
                body.path("stringValue").isString() ? body.get("stringValue").asString() : body.toString());
        ObjectNode attributes = node.putObject("attributes");
        OtlpAttributes.addTo(attributes, resource);
        OtlpAttributes.addTo(attributes, log.path("attributes"));
        return node;
    }

    /** OTLP has four numbers for each level, from trace on. */
    private static String level(int severity, @Nullable String text) {
        return switch ((severity - 1) / 4) {
            case 0 -> severity < 1 ? (text == null ? "info" : text.toLowerCase(Locale.ROOT)) : "trace";
            case 1 -> "debug";
            case 2 -> "info";
            case 3 -> "warn";
            case 4 -> "error";
            default -> "fatal";
        };
    }
}
