package dev.resentry.processor.consume;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells the projects that send much from those that send little, by what was seen of each lately. Belongs to one thread.
 *
 * <p>A project has sent little if it has less than half of what each would have if all had sent the same. When all send alike, none
 * has.
 */
final class FairShare {
    /** After so many records, what was seen before counts half. */
    private static final int HALVE_AFTER = 20_000;

    private final Map<Long, Integer> seen = new HashMap<>();
    private int total;

    /** Counts a record of a project, and says whether the project has sent little. */
    boolean admits(long projectId) {
        if (total >= HALVE_AFTER) {
            halve();
        }
        total++;
        int own = seen.merge(projectId, 1, Integer::sum);
        return 2L * own * seen.size() < total;
    }

    void clear() {
        seen.clear();
        total = 0;
    }

    private void halve() {
        seen.replaceAll((_, count) -> count / 2);
        seen.values().removeIf(count -> count == 0);
        total = seen.values().stream().mapToInt(Integer::intValue).sum();
    }
}
