package dev.resentry.processing.group;

import dev.resentry.processing.group.Component.Node;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.GroupingExplanation.DecidingRule;
import dev.resentry.processing.group.rule.EventFacts;
import dev.resentry.processing.group.rule.FingerprintRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of an event: that of the first rule which matches, else the SDK's.
 *
 * @param values as they are written, at least one of them something else than {@code {{ default }}}
 */
record Fingerprint(
        List<String> values, DecidingRule rule, @Nullable String title) {

    /** The fingerprint that stands; empty if the event is grouped by what it holds. */
    static Optional<Fingerprint> of(GroupingRules rules, EventFacts facts) {
        Optional<Fingerprint> project = first(rules.fingerprints(), facts, "project");
        return project.or(() -> ofSdk(facts.event().fingerprint()))
                .or(() -> first(BuiltInRules.FINGERPRINTS, facts, "built-in"));
    }

    private static Optional<Fingerprint> first(List<FingerprintRule> rules, EventFacts facts, String origin) {
        for (FingerprintRule rule : rules) {
            if (rule.matches(facts)) {
                return Optional.of(new Fingerprint(
                        rule.values(), new DecidingRule(origin, rule.line(), rule.text()), rule.title()));
            }
        }
        return Optional.empty();
    }

    /** What is empty or only says {@code {{ default }}} is no fingerprint. */
    private static Optional<Fingerprint> ofSdk(List<String> sent) {
        List<String> values = sent.stream().filter(value -> !value.isBlank()).toList();
        boolean onlyDefault = values.stream().allMatch(Variables::isDefault);
        return onlyDefault
                ? Optional.empty()
                : Optional.of(new Fingerprint(values, new DecidingRule("SDK", 0, String.join(", ", values)), null));
    }

    /** Whether it says no more than that the event is grouped by what it holds. */
    boolean isDefault() {
        return values.stream().allMatch(Variables::isDefault);
    }

    boolean isHybrid() {
        return values.stream().anyMatch(Variables::isDefault);
    }

    Node component(Variables variables, Component ofContent) {
        List<Component> parts = new ArrayList<>();
        for (String value : values) {
            parts.add(
                    Variables.isDefault(value)
                            ? ofContent
                            : new Value(
                                    "value",
                                    variables.expand(value, false),
                                    true,
                                    value.contains("{{") ? "was: " + value : null));
        }
        return Node.of("fingerprint", parts);
    }
}
