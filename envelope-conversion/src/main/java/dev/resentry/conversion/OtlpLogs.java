package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts a log export into containers of log entries. */
final class OtlpLogs {
    private static final String CONTENT_TYPE = "application/vnd.sentry.items.log+json";

    private OtlpLogs() {}

    static List<EnvelopeItem> items(boolean json, byte[] content) {
        var logs = new OtlpContainers(ItemType.Known.LOG, CONTENT_TYPE);
        OtlpBody.logs(json, content, (resource, scope, log) -> logs.add(log(log, resource, scope)));
        return logs.items();
    }

    private static ObjectNode log(JsonNode log, ObjectNode resource, ObjectNode scope) {
        ObjectNode node = Json.object();
        OtlpAttributes.putSeconds(node, "timestamp", log.path("observedTimeUnixNano"));
        OtlpAttributes.putSeconds(node, "timestamp", log.path("timeUnixNano"));
        Json.put(node, "trace_id", Json.text(log, "traceId"));
        Json.put(node, "span_id", Json.text(log, "spanId"));
        int severity = log.path("severityNumber").asInt(0);
        String word = Json.text(log, "severityText");
        node.put("severity_number", severity);
        node.put("level", level(severity, word));
        node.put("body", OtlpAttributes.readable(log.path("body")));
        ObjectNode attributes = node.putObject("attributes");
        attributes.setAll(resource);
        attributes.setAll(scope);
        OtlpAttributes.addTo(attributes, log.path("attributes"));
        OtlpAttributes.putText(attributes, "sentry.severity_text", word);
        OtlpAttributes.putText(attributes, "event.name", Json.text(log, "eventName"));
        return node;
    }

    /** OTLP has four severity numbers for each level, beginning with trace; without a number, the severity text counts. */
    private static String level(int severity, @Nullable String word) {
        if (severity < 1) {
            return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
                case "trace" -> "trace";
                case "debug" -> "debug";
                case "warn", "warning" -> "warn";
                case "error" -> "error";
                case "fatal", "critical" -> "fatal";
                default -> "info";
            };
        }
        return switch ((severity - 1) / 4) {
            case 0 -> "trace";
            case 1 -> "debug";
            case 2 -> "info";
            case 3 -> "warn";
            case 4 -> "error";
            default -> "fatal";
        };
    }
}
