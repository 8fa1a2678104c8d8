package dev.resentry.processing.group;

import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.frame.FrameReader;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.rule.StackRules;
import java.util.ArrayList;
import java.util.List;

/**
 * What was thrown with its causes, and their stacks, read once for all that looks at them.
 *
 * @param links the outermost exception first
 */
record ThrownChain(List<Link> links) {
    /** Of a longer chain the outermost count, and those nearest to the root cause. */
    private static final int OUTER = 2;

    private static final int INNER = 8;

    ThrownChain {
        links = List.copyOf(links);
    }

    /**
     * One of the exceptions.
     *
     * @param stack its frames as rules leave them
     * @param frames the same, in which those that are also of its cause do not count
     */
    record Link(ExceptionValue exception, StackRules.Applied stack, List<GroupingFrame> frames) {
        Link {
            frames = List.copyOf(frames);
        }
    }

    static ThrownChain read(List<ExceptionValue> outermostFirst, String platform, StackRules rules) {
        List<ExceptionValue> chain = shortened(outermostFirst);
        List<StackRules.Applied> stacks = new ArrayList<>(chain.size());
        for (ExceptionValue exception : chain) {
            stacks.add(rules.apply(FrameReader.read(exception.stacktrace(), platform), exception));
        }
        List<Link> links = new ArrayList<>(chain.size());
        for (int i = 0; i < chain.size(); i++) {
            List<GroupingFrame> frames = stacks.get(i).frames();
            boolean isRoot = i == chain.size() - 1;
            links.add(new Link(
                    chain.get(i),
                    stacks.get(i),
                    isRoot ? frames : withoutShared(frames, stacks.get(i + 1).frames())));
        }
        return new ThrownChain(links);
    }

    private static List<ExceptionValue> shortened(List<ExceptionValue> chain) {
        List<ExceptionValue> kept = new ArrayList<>(chain);
        // React adds an exception whose stack is that of components, beside the one that was thrown.
        kept.removeIf(exception -> exception.type().startsWith("React ErrorBoundary") && chain.size() > 1);
        if (kept.size() > OUTER + INNER) {
            kept.subList(OUTER, kept.size() - INNER).clear();
        }
        return kept;
    }

    /** What called both an exception and its cause says the same twice. */
    private static List<GroupingFrame> withoutShared(List<GroupingFrame> frames, List<GroupingFrame> cause) {
        int shared = 0;
        while (shared < frames.size()
                && shared < cause.size()
                && frames.get(shared).isLike(cause.get(shared))) {
            shared++;
        }
        if (shared == 0) {
            return frames;
        }
        List<GroupingFrame> marked = new ArrayList<>(frames.size());
        for (int i = 0; i < frames.size(); i++) {
            GroupingFrame frame = frames.get(i);
            boolean counts = i >= shared || frame.ignored() != null;
            marked.add(counts ? frame : frame.withIgnored("shared with the cause"));
        }
        return marked;
    }
}
