package dev.resentry.processing.meta;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an event's {@code errors}: a list of what in it was of no use, each with the type of the fault, the name of the field, its
 * value and the reason, all texts and cut. Holds a bounded number; of more, the first stay and the last entry says how many there
 * were beyond them.
 */
public final class EventErrors {
    private static final String FIELD = "errors";
    private static final int MAX_ERRORS = 100;
    private static final int MAX_TEXT = 200;

    /** A reason may say what to do, and name what was looked for. */
    private static final int MAX_REASON = 600;

    private static final String REASON = "reason";
    private static final String OMITTED = "errors_omitted";
    private static final List<String> FIELDS = List.of("type", "name", "value", REASON, "sdk_time", "server_time");

    /** What kind of fault it is, by the names that SDKs and clients know. */
    public enum Kind {
        INVALID_DATA,
        VALUE_TOO_LONG,
        MISSING_ATTRIBUTE,
        CLOCK_DRIFT,
        FUTURE_TIMESTAMP,
        JS_NO_COLUMN,
        JS_MISSING_SOURCE,
        JS_MISSING_SOURCEMAP,
        JS_INVALID_SOURCEMAP,
        JS_INVALID_SOURCEMAP_LOCATION,
        JS_MISSING_SOURCES_CONTENT,
        JS_TOO_MANY_SOURCEMAPS,
        JS_SYMBOLICATION_FAILED,
        PROGUARD_MISSING_MAPPING,
        PROGUARD_INVALID_MAPPING;

        /** The name in events. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ObjectNode event;
    private int omitted;

    /** Of an event, whose tree is changed in place; entries that an SDK sent stay as far as they have the known shape. */
    public EventErrors(ObjectNode event) {
        this.event = event;
        JsonNode given = event.remove(FIELD);
        if (given instanceof ArrayNode list) {
            ArrayNode kept = event.arrayNode();
            list.valueStream()
                    .filter(entry -> entry.path("type").isString())
                    .limit(MAX_ERRORS + 1L)
                    .map(EventErrors::known)
                    .forEach(kept::add);
            keep(kept);
        }
    }

    private void keep(ArrayNode entries) {
        if (entries.path(MAX_ERRORS).path("type").asString("").equals(OMITTED)) {
            omitted = entries.path(MAX_ERRORS).path("value").asInt(0);
        } else if (entries.size() > MAX_ERRORS) {
            entries.remove(MAX_ERRORS);
        }
        if (!entries.isEmpty()) {
            event.set(FIELD, entries);
        }
    }

    /**
     * Notes that a value was of no use.
     *
     * @param name the path of the field, its parts parted by dots
     * @param value what it held
     * @param reason what was expected
     */
    public void add(Kind kind, String name, JsonNode value, String reason) {
        ObjectNode entry = entry(kind, name);
        if (entry != null) {
            // What cannot be stored may not be replaced yet.
            String shown = value.isString()
                    ? value.asString().replace('\0', '\ufffd')
                    : value.toString().replace("\\u0000", "\ufffd");
            entry.put("value", cut(shown, MAX_TEXT)).put(REASON, cut(reason, MAX_REASON));
        }
    }

    /**
     * Notes that a time of the sender was replaced.
     *
     * @param sdkTime by the clock of the sender
     * @param serverTime by ours
     */
    public void time(Kind kind, String name, Instant sdkTime, Instant serverTime, String reason) {
        ObjectNode entry = entry(kind, name);
        if (entry != null) {
            entry.put("value", sdkTime.toString()).put(REASON, reason);
            entry.put("sdk_time", sdkTime.toString()).put("server_time", serverTime.toString());
        }
    }

    private @Nullable ObjectNode entry(Kind kind, String name) {
        ArrayNode list = event.withArrayProperty(FIELD);
        if (list.size() < MAX_ERRORS) {
            return list.addObject().put("type", kind.wireName()).put("name", cut(name, MAX_TEXT));
        }
        omitted++;
        ObjectNode last = list.get(MAX_ERRORS) instanceof ObjectNode more ? more : list.addObject();
        last.put("type", OMITTED).put("value", String.valueOf(omitted)).put(REASON, "more errors than are kept");
        return null;
    }

    private static ObjectNode known(JsonNode given) {
        ObjectNode entry = ((ObjectNode) given).objectNode();
        for (String field : FIELDS) {
            JsonNode value = given.path(field);
            if (value.isValueNode() && !value.isNull()) {
                entry.put(field, cut(value.asString(), field.equals(REASON) ? MAX_REASON : MAX_TEXT));
            }
        }
        return entry;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
