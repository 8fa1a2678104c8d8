package dev.resentry.processing.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why an event has the hash it has: what counted, what was left out and why, and which rule decided.
 *
 * @param strategy the id of the rules
 * @param variant what the hash is made of: {@code app}, {@code system}, {@code message}, {@code security}, {@code template},
 *     {@code fingerprint}, {@code checksum} or {@code fallback}
 * @param rule the rule that decided; null if none did
 * @param hashed what the primary hash is made of
 * @param others what would have counted without it, such as the exception beside a fingerprint
 */
public record GroupingExplanation(
        String strategy, String variant, @Nullable DecidingRule rule, Component hashed, List<Component> others) {
    public GroupingExplanation {
        others = List.copyOf(others);
    }

    /**
     * A rule that decided.
     *
     * @param origin {@code built-in}, {@code project} or {@code SDK}
     * @param line the line of the project's rules, from 1; 0 for a rule that has none
     * @param text the rule as it is written
     */
    public record DecidingRule(String origin, int line, String text) {}

    /** The texts that the primary hash is made of, in order. */
    public List<String> hashedTexts() {
        List<String> texts = new ArrayList<>();
        hashed.walk(texts::add);
        return texts;
    }

    /** The explanation as compact JSON. */
    public ObjectNode toJson() {
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("strategy", strategy).put("variant", variant);
        if (rule != null) {
            json.putObject("rule")
                    .put("origin", rule.origin())
                    .put("line", rule.line())
                    .put("text", rule.text());
        }
        json.set("hashed", hashed.toJson());
        if (!others.isEmpty()) {
            var list = json.putArray("others");
            others.forEach(other -> list.add(other.toJson()));
        }
        return json;
    }
}
