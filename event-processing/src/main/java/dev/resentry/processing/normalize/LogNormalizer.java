package dev.resentry.processing.normalize;

import dev.resentry.model.log.LogLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings logs into one shape. No entry is refused: what it lacks is made up, what is too long is cut, and what is no log at all is kept
 * as its text; attribute {@value #INCOMPLETE} says so.
 */
public final class LogNormalizer {
    /** The attribute that says what an entry was sent with and is not kept as it was. */
    public static final String INCOMPLETE = "resentry.incomplete";

    /** In characters. */
    static final int MAX_BODY = 65_536;

    static final int MAX_ATTRIBUTES = 200;

    /** In characters, of the JSON of one that is no text. */
    static final int MAX_VALUE = 8_192;

    static final int MAX_KEY = 200;

    private static final String TEMPLATE = "sentry.message.template";
    private static final String PARAMETER = "sentry.message.parameter.";
    private static final String SEQUENCE = "sentry.timestamp.sequence";
    private static final String SEVERITY_TEXT = "sentry.severity_text";

    private final JsonNode entry;
    private final String path;
    private final List<String> notes = new ArrayList<>();

    private LogNormalizer(JsonNode entry, String path) {
        this.entry = entry;
        this.path = path;
    }

    /**
     * Normalises an entry of a container.
     *
     * @param index of the entry in its container
     */
    public static NormalizedLog normalize(JsonNode entry, int index, SenderClock clock) {
        var normalizer = new LogNormalizer(entry, "items[%d].".formatted(index));
        if (entry instanceof ObjectNode log) {
            UnstorableText.replaceIn(log);
            return normalizer.log(clock);
        }
        return normalizer.noLog(clock, index);
    }

    private NormalizedLog noLog(SenderClock clock, int index) {
        notes.add("items[%d]: %s (expected: a JSON object)".formatted(index, entry.getNodeType()));
        String body = UnstorableText.cleaned(cut("items[%d]".formatted(index), entry.toString(), MAX_BODY));
        return new NormalizedLog(
                clock.receivedAt(), 0, null, null, LogLevel.INFO, LogLevel.INFO.severity(), body, noted(attributes()));
    }

    private NormalizedLog log(SenderClock clock) {
        ObjectNode attributes = attributes();
        String body = body(attributes);
        @Nullable LogLevel named = level(attributes);
        int number = entry.path("severity_number").asInt(0);
        LogLevel level = named == null ? LogLevel.ofSeverity(number).orElse(LogLevel.INFO) : named;
        int severity = LogLevel.ofSeverity(number).isPresent() ? number : level.severity();
        @Nullable Instant time = Timestamps.parse(entry.path("timestamp"));
        var fields = new TraceFields(entry, path);
        UUID trace = orNull(() -> hasText("trace_id") ? fields.traceId("trace_id") : null);
        String span = orNull(() -> fields.optionalSpanId("span_id"));
        if (time == null) {
            notes.add(fields.invalid("timestamp", "seconds since 1970 or RFC 3339")
                            .getMessage() + "; it has the time of its arrival");
        }
        var log = new NormalizedLog(
                time == null ? clock.receivedAt() : time,
                Math.max(0, attributes.path(SEQUENCE).asLong(0)),
                trace,
                span,
                level,
                severity,
                body,
                noted(attributes));
        return time == null ? log : log.shifted(clock.shift(time));
    }

    private boolean hasText(String name) {
        return !entry.path(name).asString("").isEmpty();
    }

    /** An id that is none goes, with a note. */
    private <T> @Nullable T orNull(Supplier<@Nullable T> field) {
        try {
            return field.get();
        } catch (InvalidFieldException e) {
            notes.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable LogLevel level(ObjectNode attributes) {
        return LogLevel.parse(entry.path("level").asString(""))
                .or(() -> LogLevel.parse(attributes.path(SEVERITY_TEXT).asString("")))
                .orElse(null);
    }

    /** The message; if it came without one, its template with its parameters. */
    private String body(ObjectNode attributes) {
        JsonNode given = entry.path("body");
        String text = Texts.read(given);
        if (text == null && given.isContainer()) {
            text = given.toString();
        }
        if (text == null || text.isEmpty()) {
            String template = attributes.path(TEMPLATE).asString("");
            text = template.isEmpty() ? "" : MessageParameters.fill(template, parameters(attributes));
        }
        if (text.isEmpty()) {
            notes.add("%sbody: %s (expected: a text)".formatted(path, given.isMissingNode() ? "missing" : given));
        }
        return cut(path + "body", text, MAX_BODY);
    }

    /** By their names; as a list, in their order, if these are numbers. */
    private static JsonNode parameters(ObjectNode attributes) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        attributes.properties().forEach(attribute -> {
            if (attribute.getKey().startsWith(PARAMETER)) {
                named.set(attribute.getKey().substring(PARAMETER.length()), attribute.getValue());
            }
        });
        ArrayNode counted = JsonNodeFactory.instance.arrayNode();
        for (JsonNode next = named.get("0"); next != null; next = named.get(Integer.toString(counted.size()))) {
            counted.add(next);
        }
        return counted.size() == named.size() ? counted : named;
    }

    /** The values of attributes, given with a type or, by some senders, alone. */
    private ObjectNode attributes() {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        Iterator<Map.Entry<String, JsonNode>> given =
                entry.path("attributes").properties().iterator();
        int beyond = 0;
        while (given.hasNext()) {
            Map.Entry<String, JsonNode> attribute = given.next();
            JsonNode value =
                    attribute.getValue().isObject() ? attribute.getValue().get("value") : attribute.getValue();
            if (value == null || value.isNull()) {
                continue;
            }
            if (values.size() >= MAX_ATTRIBUTES || attribute.getKey().length() > MAX_KEY) {
                beyond++;
            } else {
                values.set(attribute.getKey(), bounded(attribute.getKey(), value));
            }
        }
        if (beyond > 0) {
            notes.add("%sattributes: %d left out (limits: %d attributes, keys of %d characters)"
                    .formatted(path, beyond, MAX_ATTRIBUTES, MAX_KEY));
        }
        return values;
    }

    private JsonNode bounded(String key, JsonNode value) {
        String text = value.isString() ? value.asString() : value.isContainer() ? value.toString() : "";
        return text.length() <= MAX_VALUE
                ? value
                : JsonNodeFactory.instance.stringNode(cut(path + "attributes." + key, text, MAX_VALUE));
    }

    private String cut(String what, String text, int length) {
        if (text.length() > length) {
            notes.add("%s: cut at %d of %d characters".formatted(what, length, text.length()));
        }
        return Texts.cut(text, length);
    }

    private ObjectNode noted(ObjectNode attributes) {
        if (!notes.isEmpty()) {
            attributes.put(INCOMPLETE, UnstorableText.cleaned(Texts.cut(String.join("; ", notes), MAX_VALUE)));
        }
        return attributes;
    }
}
