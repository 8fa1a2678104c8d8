package dev.resentry.processing.group.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Beginnings of names. Whether a name has one of them takes a search by halves, however many there are. */
final class Prefixes {
    /** In order; none of them begins with another one, so that only the last one up to a name can be its beginning. */
    private final String[] sorted;

    Prefixes(List<String> prefixes) {
        List<String> kept = new ArrayList<>();
        for (String prefix : prefixes.stream().sorted().toList()) {
            if (kept.isEmpty() || !prefix.startsWith(kept.getLast())) {
                kept.add(prefix);
            }
        }
        sorted = kept.toArray(String[]::new);
    }

    /** Prefixes with blanks between them. */
    static Prefixes of(String prefixes) {
        return new Prefixes(List.of(prefixes.split("\\s+")));
    }

    /** Whether a name begins with one of them. */
    boolean isOf(String name) {
        int found = Arrays.binarySearch(sorted, name);
        if (found >= 0) {
            return true;
        }
        int before = -found - 2;
        return before >= 0 && name.startsWith(sorted[before]);
    }
}
