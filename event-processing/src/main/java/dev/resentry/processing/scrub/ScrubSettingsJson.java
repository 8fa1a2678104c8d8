package dev.resentry.processing.scrub;

import dev.resentry.processing.scrub.rule.ScrubRule;
import dev.resentry.processing.scrub.rule.ScrubRule.Method;
import dev.resentry.processing.scrub.rule.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings of scrubbing as they are stored. What is missing is as in {@link ScrubSettings#DEFAULT}. */
public final class ScrubSettingsJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ScrubSettingsJson() {}

    /** Writes them as a JSON object. */
    public static String write(ScrubSettings settings) {
        ObjectNode json = JSON.createObjectNode();
        json.put("enabled", settings.enabled());
        settings.fields().forEach(json.putArray("fields")::add);
        settings.safeFields().forEach(json.putArray("safe_fields")::add);
        json.put("ip_addresses", settings.ipAddresses().wireName());
        ArrayNode rules = json.putArray("rules");
        for (ScrubRule rule : settings.rules()) {
            ObjectNode written = rules.addObject();
            written.put("method", rule.method().wireName());
            written.put("type", rule.target().wireName());
            written.put("source", rule.source());
            if (rule.pattern() != null) {
                written.put("pattern", rule.pattern());
            }
            if (rule.replacement() != null) {
                written.put("replacement", rule.replacement());
            }
        }
        return JSON.writeValueAsString(json);
    }

    /**
     * Reads what {@link #write} wrote, in this release or an earlier one.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static ScrubSettings read(String text) {
        JsonNode json = JSON.readTree(text);
        return new ScrubSettings(
                json.path("enabled").asBoolean(true),
                texts(json.path("fields")),
                texts(json.path("safe_fields")),
                word(IpPolicy.of(json.path("ip_addresses").asString(IpPolicy.KEEP.wireName())), "ip_addresses", json),
                json.path("rules").valueStream().map(ScrubSettingsJson::rule).toList());
    }

    private static ScrubRule rule(JsonNode json) {
        return new ScrubRule(
                word(Method.of(json.path("method").asString("")), "method", json),
                word(Target.of(json.path("type").asString("")), "type", json),
                optional(json, "pattern"),
                json.path("source").asString(""),
                optional(json, "replacement"));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static @Nullable String optional(JsonNode json, String field) {
        return json.path(field).isString() ? json.path(field).asString() : null;
    }

    private static <T> T word(Optional<T> read, String field, JsonNode json) {
        return read.orElseThrow(() -> new IllegalArgumentException("%s: %s".formatted(field, json.path(field))));
    }
}
