package dev.resentry.processing.group.rule;

import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that gives the events it matches a fingerprint: {@code type:TimeoutError module:payment.* -> payment, {{ default }}}.
 *
 * @param line in the text of the rules, from 1
 * @param text the rule as it is written
 * @param values the fingerprint, with variables
 * @param title the title of the issue, with variables; null if the rule has none
 */
public record FingerprintRule(
        int line,
        String text,
        FramePattern pattern,
        List<String> values,
        @Nullable String title) {
    public FingerprintRule {
        values = List.copyOf(values);
    }

    static FingerprintRule read(int line, String text) throws RuleSyntaxException {
        var rule = new RuleReader(text);
        FramePattern pattern = FramePattern.read(rule);
        rule.expect("->");
        List<String> values = new ArrayList<>();
        String title = null;
        while (!rule.isAtEnd()) {
            if (rule.take(",")) {
                continue;
            }
            if (rule.take("title=")) {
                title = rule.text("", "a title");
            } else {
                values.add(value(rule));
            }
        }
        if (values.isEmpty()) {
            throw rule.unexpected("a value behind '->'");
        }
        return new FingerprintRule(line, text.strip(), pattern, values, title);
    }

    /** A value may hold variables between other text: {@code payment-{{ tags.shop }}}. */
    private static String value(RuleReader rule) throws RuleSyntaxException {
        rule.skipBlanks();
        if (rule.peek() == '"') {
            return rule.text("", "a value");
        }
        var value = new StringBuilder();
        while (!Character.isWhitespace(rule.peek()) && rule.peek() != ',') {
            if (rule.looksAt("{{")) {
                value.append(rule.variable());
            } else {
                value.append(rule.peek());
                rule.advance();
            }
        }
        return value.toString();
    }

    /** Whether the event is one of those that the rule is for. */
    public boolean matches(EventFacts facts) {
        if (!pattern.matchesEvent(facts)) {
            return false;
        }
        if (!pattern.asksFrames()) {
            return true;
        }
        List<GroupingFrame> frames = facts.frames();
        List<String> categories = Collections.nCopies(frames.size(), "");
        for (int i = 0; i < frames.size(); i++) {
            if (pattern.matchesFrame(frames, categories, i)) {
                return true;
            }
        }
        return false;
    }
}
