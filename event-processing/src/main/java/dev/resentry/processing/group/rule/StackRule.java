package dev.resentry.processing.group.rule;

import java.util.List;

/**
 * A rule about frames: {@code module:shop.generated.* -app -group}.
 *
 * @param line in the text of the rules, from 1
 */
public record StackRule(int line, FramePattern pattern, List<StackAction> actions) {
    public StackRule {
        actions = List.copyOf(actions);
    }

    static StackRule read(int line, String text) throws RuleSyntaxException {
        var rule = new RuleReader(text);
        return new StackRule(line, FramePattern.read(rule), StackAction.readAll(rule));
    }
}
