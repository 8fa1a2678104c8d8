package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.EnvelopeFate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fates of the records of one partition, as runs of neighbouring offsets that share one. */
final class OffsetRuns {
    private final TreeMap<Long, Run> runs = new TreeMap<>();

    OffsetRuns(List<Run> runs) {
        runs.forEach(run -> this.runs.put(run.first(), run));
    }

    /**
     * A run.
     *
     * @param end the first offset behind it
     */
    record Run(long first, long end, EnvelopeFate fate) {
        Run {
            if (first >= end) {
                throw new IllegalArgumentException("run: %d to %d".formatted(first, end));
            }
        }

        boolean contains(long offset) {
            return first <= offset && offset < end;
        }
    }

    List<Run> toList() {
        return new ArrayList<>(runs.values());
    }

    /** Gives an offset its fate, if it has none or was taken for lost. Returns whether it did. */
    boolean assign(long offset, EnvelopeFate fate) {
        Map.Entry<Long, Run> floor = runs.floorEntry(offset);
        if (floor == null || !floor.getValue().contains(offset)) {
            add(new Run(offset, offset + 1, fate));
            return true;
        }
        if (floor.getValue().fate() == EnvelopeFate.LOST) {
            replace(floor.getValue(), offset, fate);
            return true;
        }
        return false;
    }

    /** Whether an offset has a fate, and this one. */
    boolean has(long offset, EnvelopeFate fate) {
        Map.Entry<Long, Run> floor = runs.floorEntry(offset);
        return floor != null
                && floor.getValue().contains(offset)
                && floor.getValue().fate() == fate;
    }

    /** Gives an offset another fate; one without a fate is left alone. */
    void change(long offset, EnvelopeFate fate) {
        Map.Entry<Long, Run> floor = runs.floorEntry(offset);
        if (floor != null && floor.getValue().contains(offset)) {
            replace(floor.getValue(), offset, fate);
        }
    }

    /** Gives a fate to all offsets from one to another that have none. Returns how many they are. */
    long fill(long first, long end, EnvelopeFate fate) {
        long filled = 0;
        long next = first;
        for (Run run : toList()) {
            if (run.end() > next && run.first() < end) {
                if (run.first() > next) {
                    filled += run.first() - next;
                    add(new Run(next, run.first(), fate));
                }
                next = run.end();
            }
        }
        if (next < end) {
            filled += end - next;
            add(new Run(next, end, fate));
        }
        return filled;
    }

    /** The first offset without a fate, from one on. */
    long firstOpen(long from) {
        long next = from;
        Map.Entry<Long, Run> floor = runs.floorEntry(next);
        while (floor != null && floor.getValue().contains(next)) {
            next = floor.getValue().end();
            floor = runs.floorEntry(next);
        }
        return next;
    }

    private void replace(Run run, long offset, EnvelopeFate fate) {
        runs.remove(run.first());
        if (run.first() < offset) {
            runs.put(run.first(), new Run(run.first(), offset, run.fate()));
        }
        if (offset + 1 < run.end()) {
            runs.put(offset + 1, new Run(offset + 1, run.end(), run.fate()));
        }
        add(new Run(offset, offset + 1, fate));
    }

    /** Adds a run that overlaps no other, as a part of its neighbours where they have the same fate. */
    private void add(Run added) {
        long first = added.first();
        long end = added.end();
        Map.Entry<Long, Run> before = runs.lowerEntry(first);
        if (before != null
                && before.getValue().end() == first
                && before.getValue().fate() == added.fate()) {
            first = before.getKey();
        }
        Run after = runs.get(end);
        if (after != null && after.fate() == added.fate()) {
            runs.remove(end);
            end = after.end();
        }
        runs.put(first, new Run(first, end, added.fate()));
    }
}
