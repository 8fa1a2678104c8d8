package dev.resentry.processing.group;

import dev.resentry.processing.group.Component.Node;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack trace says about where something happened.
 *
 * @param component its frames, those that count first
 * @param crash the frame that counts and is nearest to the crash; null if none counts
 * @param thrownByLibrary whether a library or the platform threw, called from {@code crash}
 */
record Stack(Node component, @Nullable GroupingFrame crash, boolean thrownByLibrary) {
    /** Without frames of the program, so many nearest to the crash stand for the stack. */
    private static final int SYSTEM_FRAMES = 5;

    private static final int MAX_FRAMES = 40;

    /** So many frames that do not count are explained. */
    private static final int MAX_EXPLAINED = 250;

    /** Which frames may count. */
    enum Frames {
        /** Those of the program; if there are none, the nearest others. */
        IN_APP,
        /** All. */
        ALL
    }

    boolean contributes() {
        return component.contributes();
    }

    static Stack of(List<GroupingFrame> frames, Frames which, boolean overflow, int max, int min) {
        Map<Integer, String> left = new HashMap<>();
        List<GroupingFrame> counting = which == Frames.ALL ? eligible(frames, left) : inApp(frames, left);
        boolean system = which == Frames.IN_APP && counting.isEmpty();
        if (system) {
            left.clear();
            counting = SystemFrames.telling(eligible(frames, left), left);
        }
        List<GroupingFrame> kept = overflow ? Repetition.cycle(counting, left) : Repetition.collapsed(counting, left);
        int count = which == Frames.ALL ? MAX_FRAMES : system ? SYSTEM_FRAMES : toTelling(kept);
        kept = nearest(kept, Math.min(max, overflow ? MAX_FRAMES : count), left);
        if (kept.size() < min) {
            kept.forEach(frame -> left.put(frame.index(), "too few frames for the rule min-frames=" + min));
            kept = List.of();
        }
        GroupingFrame crash = kept.isEmpty() ? null : kept.getLast();
        return new Stack(
                component(frames, kept, overflow ? null : crash, which == Frames.ALL && !overflow, left),
                crash,
                crash != null && isFollowedByLibrary(frames, crash));
    }

    private static List<GroupingFrame> eligible(List<GroupingFrame> frames, Map<Integer, String> left) {
        List<GroupingFrame> kept = new ArrayList<>(frames.size());
        for (GroupingFrame frame : frames) {
            if (frame.ignored() == null) {
                kept.add(frame);
            } else {
                left.put(frame.index(), frame.ignored());
            }
        }
        return kept;
    }

    private static List<GroupingFrame> inApp(List<GroupingFrame> frames, Map<Integer, String> left) {
        List<GroupingFrame> kept = eligible(frames, left);
        kept.removeIf(frame -> {
            if (!frame.inApp().value()) {
                left.put(frame.index(), "not in app (" + frame.inApp().decidedBy() + ")");
            }
            return !frame.inApp().value();
        });
        return kept;
    }

    /**
     * How many frames count: up to the first that has a name of its own. What called it is how the program got there; one bug is
     * reached by many ways. A function that only checks, throws or sends for others says little without its caller.
     */
    private static int toTelling(List<GroupingFrame> frames) {
        int count = 0;
        while (count < frames.size() && count < MAX_FRAMES) {
            count++;
            String function = frames.get(frames.size() - count).function();
            if (!function.isEmpty() && !ServingFunctions.contains(function)) {
                break;
            }
        }
        return count;
    }

    private static List<GroupingFrame> nearest(List<GroupingFrame> frames, int count, Map<Integer, String> left) {
        int from = Math.max(0, frames.size() - count);
        frames.subList(0, from).forEach(frame -> left.put(frame.index(), "too far from the crash"));
        return frames.subList(from, frames.size());
    }

    /**
     * The line tells apart errors that share a function. It counts where it happened only: an edited caller is no other error. Among
     * all frames any may be that of the program, so all lines count.
     */
    private static Node component(
            List<GroupingFrame> all,
            List<GroupingFrame> kept,
            @Nullable GroupingFrame crash,
            boolean allLines,
            Map<Integer, String> left) {
        List<Component> children = new ArrayList<>();
        for (GroupingFrame frame : kept) {
            children.add(frame(frame, allLines || (crash != null && frame.index() == crash.index())));
        }
        int explained = 0;
        for (GroupingFrame frame : all.reversed()) {
            String why = left.get(frame.index());
            if (why != null && explained++ < MAX_EXPLAINED) {
                children.add(new IgnoredFrame(frame, why));
            }
        }
        return Node.of("stacktrace", children);
    }

    /** A frame with its names and, if it is known, its line of source. */
    static Node frame(GroupingFrame frame, boolean withLine) {
        String sentUnit = frame.raw().module().isEmpty()
                ? frame.raw().file()
                : frame.raw().module();
        List<Component> parts = new ArrayList<>(3);
        parts.add(Value.of("unit", frame.unit(), sentUnit));
        parts.add(Value.of("function", frame.function(), frame.raw().function()));
        if (!frame.line().isEmpty()) {
            Value line = Value.of("line", frame.line());
            parts.add(withLine ? line : line.ignored("counts only where it happened"));
        }
        return Node.of("frame", frame.index(), parts, null);
    }

    private static boolean isFollowedByLibrary(List<GroupingFrame> frames, GroupingFrame crash) {
        GroupingFrame last = frames.getLast();
        return last.index() > crash.index() && !last.inApp().value() && last.ignored() == null;
    }
}
