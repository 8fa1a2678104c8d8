package dev.resentry.processing.scrub;

import dev.resentry.processing.scrub.rule.ScrubRule;
import java.util.List;

/**
 * What a project wants to be taken out of its events.
 *
 * @param enabled whether anything is; if not, events are stored as they come
 * @param fields more names of fields that speak of secrets, matched by their words
 * @param safeFields names of fields whose values only the rules touch
 * @param rules rules of the project's own, in their order, before all others
 */
public record ScrubSettings(
        boolean enabled, List<String> fields, List<String> safeFields, IpPolicy ipAddresses, List<ScrubRule> rules) {
    /** Of a project that never said anything. */
    public static final ScrubSettings DEFAULT = new ScrubSettings(true, List.of(), List.of(), IpPolicy.KEEP, List.of());

    public ScrubSettings {
        fields = List.copyOf(fields);
        safeFields = List.copyOf(safeFields);
        rules = List.copyOf(rules);
    }
}
