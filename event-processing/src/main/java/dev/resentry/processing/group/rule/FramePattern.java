package dev.resentry.processing.group.rule;

import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions of a rule: those on the event, and those that one frame, its caller and what it called have to meet.
 *
 * @param caller met by the frame before; empty if any will do
 * @param callee met by the frame behind; empty if any will do
 */
public record FramePattern(List<Matcher> event, List<Matcher> frame, List<Matcher> caller, List<Matcher> callee) {
    public FramePattern {
        event = List.copyOf(event);
        frame = List.copyOf(frame);
        caller = List.copyOf(caller);
        callee = List.copyOf(callee);
    }

    /** Reads conditions up to what ends them. */
    static FramePattern read(RuleReader rule) throws RuleSyntaxException {
        List<Matcher> caller = rule.looksAt("[") ? bracketed(rule) : List.of();
        if (!caller.isEmpty()) {
            rule.expect("|");
        }
        List<Matcher> event = new ArrayList<>();
        List<Matcher> frame = new ArrayList<>();
        while (!rule.isAtEnd() && !isEnd(rule)) {
            Matcher matcher = Matcher.read(rule);
            (matcher.subject().isOfFrame() ? frame : event).add(matcher);
        }
        if (event.isEmpty() && frame.isEmpty()) {
            throw rule.unexpected("a matcher such as type:ValueError");
        }
        List<Matcher> callee = List.of();
        if (rule.take("|")) {
            rule.skipBlanks();
            callee = bracketed(rule);
        }
        return new FramePattern(event, frame, caller, callee);
    }

    private static boolean isEnd(RuleReader rule) {
        if (rule.looksAt("->") || rule.looksAt("|")) {
            return true;
        }
        char c = rule.peek();
        return c == '+'
                || c == '-'
                || c == '^'
                || ((c == 'v') && (rule.looksAt("v+") || rule.looksAt("v-")))
                || rule.looksAt("max-frames")
                || rule.looksAt("min-frames")
                || rule.looksAt("category=");
    }

    private static List<Matcher> bracketed(RuleReader rule) throws RuleSyntaxException {
        rule.expect("[");
        List<Matcher> matchers = new ArrayList<>();
        while (!rule.take("]")) {
            if (rule.isAtEnd()) {
                throw rule.unexpected("']'");
            }
            int column = rule.column();
            Matcher matcher = Matcher.read(rule);
            if (!matcher.subject().isOfFrame()) {
                throw rule.fault(column, "only conditions on a frame may stand in brackets");
            }
            matchers.add(matcher);
        }
        if (matchers.isEmpty()) {
            throw rule.unexpected("a matcher between the brackets");
        }
        return matchers;
    }

    boolean matchesEvent(EventFacts facts) {
        for (Matcher matcher : event) {
            if (!matcher.matchesEvent(facts)) {
                return false;
            }
        }
        return true;
    }

    boolean asksFrames() {
        return !frame.isEmpty() || !caller.isEmpty() || !callee.isEmpty();
    }

    boolean matchesFrame(List<GroupingFrame> frames, List<String> categories, int index) {
        return all(frame, frames, categories, index)
                && (caller.isEmpty() || (index > 0 && all(caller, frames, categories, index - 1)))
                && (callee.isEmpty() || (index + 1 < frames.size() && all(callee, frames, categories, index + 1)));
    }

    private static boolean all(List<Matcher> matchers, List<GroupingFrame> frames, List<String> categories, int index) {
        for (Matcher matcher : matchers) {
            if (!matcher.matchesFrame(frames.get(index), categories.get(index))) {
                return false;
            }
        }
        return true;
    }
}
