package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts reports of Resentry's own endpoints into items as SDKs send them (features E1, M2, M6). */
final class Reports {
    /** {@code pkg.SomeError: what happened}, the first line of a stack trace in most languages. */
    private static final Pattern TYPED =
            Pattern.compile("([A-Za-z_$][\\w.$]{0,200}(?:Error|Exception|Throwable|Warning|Fault))(?::\\s?(.*))?");

    private Reports() {}

    static EnvelopeItem error(ObjectNode report, ConversionContext arrival) {
        ObjectNode event = event(report, arrival, "error");
        ObjectNode request = Json.object();
        Json.put(request, "method", Json.text(report, "method"));
        Json.put(request, "url", Json.text(report, "path"));
        if (!request.isEmpty()) {
            event.set("request", request);
        }
        String path = Json.text(report, "path");
        String method = Json.text(report, "method");
        if (path != null) {
            event.put("transaction", method == null ? path : method + " " + path);
        }
        Json.put(event.withObjectProperty("tags"), "status_code", Json.text(report, "status_code"));
        return EnvelopeConversion.item(ItemType.Known.EVENT, event);
    }

    static EnvelopeItem event(ObjectNode report, ConversionContext arrival) {
        ObjectNode event = event(report, arrival, "error");
        Json.copy(report, "level", event, "level");
        Json.copy(report, "release", event, "release");
        Json.copy(report, "environment", event, "environment");
        Json.copy(report, "tags", event, "tags");
        Json.copy(report, "user", event, "user");
        if (report.path("extra").isObject()) {
            event.withObjectProperty("extra").setAll((ObjectNode) report.get("extra"));
        }
        return EnvelopeConversion.item(ItemType.Known.EVENT, event);
    }

    static EnvelopeItem session(ObjectNode report, ConversionContext arrival) {
        String status = String.valueOf(Json.text(report, "status"));
        ObjectNode session = Json.object();
        session.put("sid", sessionId(String.valueOf(Json.text(report, "session_id"))));
        session.put("init", true);
        session.put("status", status);
        JsonNode timestamp = report.path("timestamp");
        if (timestamp.isMissingNode() || timestamp.isNull()) {
            session.put("timestamp", arrival.receivedAt().toString());
            session.put("started", arrival.receivedAt().toString());
        } else {
            session.set("timestamp", timestamp);
            session.set("started", timestamp);
        }
        session.put("errors", status.equals("errored") || status.equals("crashed") ? 1 : 0);
        if (report.path("duration_ms").isNumber()) {
            session.put("duration", report.get("duration_ms").asDouble(0) / 1000);
        }
        Json.put(session, "did", Json.text(report, "user"));
        ObjectNode attributes = session.putObject("attrs");
        Json.put(attributes, "release", Json.text(report, "release"));
        Json.put(attributes, "environment", Json.text(report, "environment"));
        return EnvelopeConversion.item(ItemType.Known.SESSION, session);
    }

    private static ObjectNode event(ObjectNode report, ConversionContext arrival, String level) {
        ObjectNode event = Json.object();
        String stack = Json.text(report, "stack");
        event.put("platform", platform(stack));
        event.put("level", level);
        JsonNode timestamp = report.path("timestamp");
        if (timestamp.isMissingNode() || timestamp.isNull()) {
            event.put("timestamp", arrival.receivedAt().toString());
        } else {
            event.set("timestamp", timestamp);
        }
        String message = String.valueOf(Json.text(report, "message"));
        if (stack == null) {
            event.put("message", message);
            return event;
        }
        Matcher typed = TYPED.matcher(message);
        ObjectNode exception = event.putObject("exception").putArray("values").addObject();
        exception.put("type", typed.matches() ? typed.group(1) : "Error");
        exception.put("value", typed.matches() && typed.group(2) != null ? typed.group(2) : message);
        StackText.addTo(exception, event, stack);
        return event;
    }

    private static String platform(@Nullable String stack) {
        if (stack == null) {
            return "other";
        }
        if (stack.contains(".java:") || stack.contains("(Native Method)") || stack.contains(".kt:")) {
            return "java";
        }
        if (stack.contains("File \"") && stack.contains(", line ")) {
            return "python";
        }
        return stack.contains(".js:") || stack.contains(".ts:") || stack.contains("@http") ? "javascript" : "other";
    }

    /** SDKs identify sessions by UUID; any other name is hashed into one, so that the same name gives the same session. */
    private static String sessionId(String name) {
        try {
            return UUID.fromString(name).toString();
        } catch (IllegalArgumentException _) {
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        }
    }
}
