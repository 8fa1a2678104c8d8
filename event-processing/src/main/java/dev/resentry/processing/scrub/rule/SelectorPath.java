package dev.resentry.processing.scrub.rule;

import dev.resentry.processing.scrub.place.Place;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A path in a selector. How much of it the way to a value has matched is a set of steps, as bits: those that may come next. The bit
 * behind the last step says that all of it has; what is below such a value is meant too.
 */
record SelectorPath(List<Step> steps) {
    static final int MAX_STEPS = 30;

    SelectorPath {
        steps = List.copyOf(steps);
    }

    long atRoot() {
        return closed(1);
    }

    /** What has matched behind one more field or entry. */
    long behind(long before, String name, JsonNode value, Place place) {
        if (isMatched(before)) {
            return before;
        }
        long after = 0;
        for (int i = 0; i < steps.size(); i++) {
            if ((before >> i & 1) != 0 && steps.get(i).matches(name, value, place)) {
                after |= steps.get(i) instanceof Step.AnyDepth ? 1L << i : 1L << (i + 1);
            }
        }
        return closed(after);
    }

    boolean isMatched(long state) {
        return (state >> steps.size() & 1) != 0;
    }

    /** Any number of fields is none, too. */
    private long closed(long state) {
        long all = state;
        for (int i = 0; i < steps.size(); i++) {
            if ((all >> i & 1) != 0 && steps.get(i) instanceof Step.AnyDepth) {
                all |= 1L << (i + 1);
            }
        }
        return all;
    }
}
