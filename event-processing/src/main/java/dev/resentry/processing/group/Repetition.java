package dev.resentry.processing.group;

import dev.resentry.processing.group.frame.GroupingFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recursion: how often a function called itself does not tell errors apart. */
final class Repetition {
    private static final int MAX_PERIOD = 8;

    private Repetition() {}

    /** The frames with one copy, the last one, of what repeats directly, be it one function or several in turn. */
    static List<GroupingFrame> collapsed(List<GroupingFrame> frames, Map<Integer, String> left) {
        List<GroupingFrame> kept = new ArrayList<>(frames.size());
        for (GroupingFrame frame : frames) {
            kept.add(frame);
            int period = repeatedPeriod(kept);
            while (period > 0) {
                List<GroupingFrame> earlier = kept.subList(kept.size() - 2 * period, kept.size() - period);
                earlier.forEach(copy -> left.put(copy.index(), "repeats"));
                earlier.clear();
                period = repeatedPeriod(kept);
            }
        }
        return kept;
    }

    private static int repeatedPeriod(List<GroupingFrame> frames) {
        for (int period = 1; period <= MAX_PERIOD && 2 * period <= frames.size(); period++) {
            if (endsWithRepetition(frames, period)) {
                return period;
            }
        }
        return 0;
    }

    private static boolean endsWithRepetition(List<GroupingFrame> frames, int period) {
        int size = frames.size();
        for (int i = size - period; i < size; i++) {
            if (!frames.get(i).isLike(frames.get(i - period))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The cycle of a stack that overflowed, which began and ended anywhere: the functions of the longest repetition, from the one
     * that comes first by name. All frames if nothing repeats.
     */
    static List<GroupingFrame> cycle(List<GroupingFrame> frames, Map<Integer, String> left) {
        int bestStart = 0;
        int bestPeriod = 0;
        int bestLength = 0;
        for (int period = 1; period <= MAX_PERIOD; period++) {
            int run = 0;
            for (int i = period; i < frames.size(); i++) {
                run = frames.get(i).isLike(frames.get(i - period)) ? run + 1 : 0;
                boolean first = bestPeriod == 0 && run >= 2 * period;
                if (first || (bestPeriod > 0 && run > bestLength + (period == bestPeriod ? 0 : MAX_PERIOD))) {
                    bestLength = run;
                    bestPeriod = period;
                    bestStart = i - period + 1;
                }
            }
        }
        if (bestPeriod == 0) {
            return collapsed(frames, left);
        }
        List<GroupingFrame> cycle = rotated(frames.subList(bestStart, bestStart + bestPeriod));
        frames.forEach(frame -> left.put(frame.index(), "outside of the recursion, or repeats it"));
        cycle.forEach(frame -> left.remove(frame.index()));
        return cycle;
    }

    private static List<GroupingFrame> rotated(List<GroupingFrame> cycle) {
        int first = 0;
        for (int i = 1; i < cycle.size(); i++) {
            if (name(cycle.get(i)).compareTo(name(cycle.get(first))) < 0) {
                first = i;
            }
        }
        List<GroupingFrame> rotated = new ArrayList<>(cycle.subList(first, cycle.size()));
        rotated.addAll(cycle.subList(0, first));
        return rotated;
    }

    private static String name(GroupingFrame frame) {
        return frame.unit() + "\0" + frame.function();
    }
}
