package dev.resentry.processing.group;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.GroupingExplanation.DecidingRule;
import dev.resentry.processing.group.rule.EventFacts;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which issue an event belongs to: by a checksum, by a fingerprint, else by what the event holds. {@code docs/grouping.md}
 * describes the rules for people.
 *
 * <p>The rules are known by {@link #STRATEGY}. Any change of them that changes a hash needs a new id, because hashes are kept
 * with the id of the rules that made them and past events are grouped anew by it.
 */
public final class Grouping {
    public static final String STRATEGY = "resentry:2026-11-27";

    private static final int CHECKSUM_DIGITS = 32;

    private Grouping() {}

    /** The hashes of an event, equal for events that belong together, and why it has them. Pure; fails for no event. */
    public static GroupingResult of(NormalizedEvent event, GroupingRules rules) {
        Event view = event.view();
        String platform = String.valueOf(event.platform());
        String checksum = event.json().path("checksum").asString("").strip();
        if (!checksum.isEmpty()) {
            return checksum(checksum);
        }
        List<ExceptionValue> exceptions = view.exceptions().values();
        DefaultGrouping content =
                DefaultGrouping.of(event, exceptions, rules.stacks().on(platform));
        var facts = new EventFacts(view, platform, exceptions, content.frames());
        Optional<Fingerprint> fingerprint = Fingerprint.of(rules, facts);
        var variables = new Variables(
                view,
                content.frames(),
                () -> hash(content.variant(), content.component()).hex());
        String title = fingerprint
                .map(Fingerprint::title)
                .map(text -> variables.expand(text, true))
                .orElse(null);
        if (fingerprint.isEmpty() || fingerprint.get().isDefault()) {
            return byContent(content, fingerprint.map(Fingerprint::rule).orElse(null), title);
        }
        Component component = fingerprint.get().component(variables, content.component());
        List<Component> others = fingerprint.get().isHybrid()
                ? List.of()
                : List.of(content.component().ignored("the fingerprint decides"));
        var explanation = new GroupingExplanation(
                STRATEGY, "fingerprint", fingerprint.get().rule(), component, others);
        return new GroupingResult(hash("fingerprint", component), null, explanation, title);
    }

    private static GroupingResult byContent(
            DefaultGrouping content, @Nullable DecidingRule rule, @Nullable String title) {
        GroupingHash primary = hash(content.variant(), content.component());
        GroupingHash secondary = content.system() == null ? null : hash("system", content.system());
        var explanation = new GroupingExplanation(STRATEGY, content.variant(), rule, content.component(), List.of());
        return new GroupingResult(primary, secondary, explanation, title);
    }

    /** The sender has decided. */
    private static GroupingResult checksum(String checksum) {
        var component = new Value("checksum", checksum, true, null);
        String hex = checksum.toLowerCase(Locale.ROOT);
        boolean isHash =
                hex.length() == CHECKSUM_DIGITS && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        GroupingHash hash = isHash ? new GroupingHash(STRATEGY, hex) : hash("checksum", component);
        return new GroupingResult(
                hash, null, new GroupingExplanation(STRATEGY, "checksum", null, component, List.of()), null);
    }

    private static GroupingHash hash(String variant, Component component) {
        return Hashing.hash(variant, component);
    }
}
