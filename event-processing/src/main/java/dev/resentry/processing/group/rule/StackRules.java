package dev.resentry.processing.group.rule;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.frame.InApp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.MissingNode;

/**
 * The stack-trace rules of a project, in order; the last that says something stands.
 *
 * @param rules as they are written
 */
public record StackRules(List<StackRule> rules, String platform) {
    public static final StackRules NONE = new StackRules(List.of(), "");

    public StackRules {
        rules = List.copyOf(rules);
    }

    /** The same rules for the events of a platform. */
    public StackRules on(String eventPlatform) {
        return new StackRules(rules, eventPlatform);
    }

    /**
     * Frames as the rules leave them.
     *
     * @param maxFrames only so many nearest to the crash count
     * @param minFrames a stack with fewer does not count
     */
    public record Applied(List<GroupingFrame> frames, int maxFrames, int minFrames) {
        public Applied {
            frames = List.copyOf(frames);
        }
    }

    /** Applies the rules to the frames of an exception. */
    public Applied apply(List<GroupingFrame> sent, ExceptionValue exception) {
        if (rules.isEmpty()) {
            return new Applied(sent, Integer.MAX_VALUE, 0);
        }
        var event = new Event(MissingNode.getInstance());
        var facts = new EventFacts(event, platform, List.of(exception), List.of());
        var application = new Application(new ArrayList<>(sent));
        rules.stream().filter(rule -> rule.pattern().matchesEvent(facts)).forEach(application::apply);
        return new Applied(application.frames, application.max, application.min);
    }

    private static final class Application {
        private final List<GroupingFrame> frames;
        private final List<String> categories;
        private int max = Integer.MAX_VALUE;
        private int min;

        Application(List<GroupingFrame> frames) {
            this.frames = frames;
            this.categories = new ArrayList<>(Collections.nCopies(frames.size(), ""));
        }

        /** All frames that match are found before any of them is changed. */
        void apply(StackRule rule) {
            List<Integer> matching = new ArrayList<>();
            for (int i = 0; i < frames.size(); i++) {
                if (rule.pattern().matchesFrame(frames, categories, i)) {
                    matching.add(i);
                }
            }
            for (StackAction action : rule.actions()) {
                if (!matching.isEmpty() || !rule.pattern().asksFrames()) {
                    act(action, matching, rule.line());
                }
            }
        }

        private void act(StackAction action, List<Integer> matching, int line) {
            switch (action) {
                case StackAction.MaxFrames(int count) -> max = count == 0 ? Integer.MAX_VALUE : count;
                case StackAction.MinFrames(int count) -> min = count;
                case StackAction.SetCategory(String category) -> matching.forEach(i -> categories.set(i, category));
                case StackAction.SetInApp(StackAction.Range range, boolean value) -> {
                    var inApp = new InApp(value, "project rule, line " + line);
                    reached(range, matching)
                            .forEach(i -> frames.set(i, frames.get(i).withInApp(inApp)));
                }
                case StackAction.SetGroup(StackAction.Range range, boolean value) -> {
                    String why = value ? null : "project rule, line " + line;
                    reached(range, matching)
                            .forEach(i -> frames.set(i, frames.get(i).withIgnored(why)));
                }
            }
        }

        /** Each frame once: many frames that match reach much the same ones. */
        private List<Integer> reached(StackAction.Range range, List<Integer> matching) {
            return switch (range) {
                case SELF -> matching;
                case TOWARDS_CRASH -> indexes(matching.getFirst() + 1, frames.size());
                case TOWARDS_CALLERS -> indexes(0, matching.getLast());
            };
        }

        private static List<Integer> indexes(int from, int to) {
            List<Integer> indexes = new ArrayList<>();
            for (int i = from; i < to; i++) {
                indexes.add(i);
            }
            return indexes;
        }
    }
}
