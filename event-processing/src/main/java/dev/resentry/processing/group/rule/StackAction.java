package dev.resentry.processing.group.rule;

import java.util.ArrayList;
import java.util.List;

/** What a stack-trace rule does. */
public sealed interface StackAction {

    /** Which frames an action is about, seen from the one that matched. */
    enum Range {
        SELF,
        TOWARDS_CRASH,
        TOWARDS_CALLERS
    }

    /** Says that frames are, or are not, of the program. */
    record SetInApp(Range range, boolean value) implements StackAction {}

    /** Says that frames count, or do not. */
    record SetGroup(Range range, boolean value) implements StackAction {}

    /** Gives the frame a category, which later rules may ask for. */
    record SetCategory(String category) implements StackAction {}

    /** Only so many frames nearest to the crash count. */
    record MaxFrames(int count) implements StackAction {}

    /** A stack with fewer frames does not count. */
    record MinFrames(int count) implements StackAction {}

    static List<StackAction> readAll(RuleReader rule) throws RuleSyntaxException {
        List<StackAction> actions = new ArrayList<>();
        while (!rule.isAtEnd()) {
            actions.add(read(rule));
        }
        if (actions.isEmpty()) {
            throw rule.unexpected("an action: +app, -app, +group, -group, category=, max-frames= or min-frames=");
        }
        return actions;
    }

    private static StackAction read(RuleReader rule) throws RuleSyntaxException {
        int column = rule.column();
        if (rule.take("category=")) {
            return new SetCategory(rule.text("", "a category"));
        }
        if (rule.take("max-frames=")) {
            return new MaxFrames(count(rule));
        }
        if (rule.take("min-frames=")) {
            return new MinFrames(count(rule));
        }
        Range range = rule.take("^") ? Range.TOWARDS_CRASH : rule.take("v") ? Range.TOWARDS_CALLERS : Range.SELF;
        boolean value = rule.take("+");
        if (!value && !rule.take("-")) {
            throw rule.unexpected("an action: +app, -app, +group, -group, category=, max-frames= or min-frames=");
        }
        String what = rule.text("", "app or group");
        return switch (what) {
            case "app" -> new SetInApp(range, value);
            case "group" -> new SetGroup(range, value);
            default -> throw rule.fault(column, "unknown action '%s' (expected: app or group)".formatted(what));
        };
    }

    private static int count(RuleReader rule) throws RuleSyntaxException {
        rule.skipBlanks();
        int column = rule.column();
        String digits = rule.text("", "a number");
        try {
            int count = Integer.parseInt(digits);
            if (count >= 0 && count <= 1_000) {
                return count;
            }
        } catch (NumberFormatException _) {
            // Said below, as for a number that is out of range.
        }
        throw rule.fault(column, "'%s' (expected: a number from 0 to 1000)".formatted(digits));
    }
}
