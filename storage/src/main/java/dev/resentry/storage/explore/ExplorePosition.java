package dev.resentry.storage.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins: behind the row or group that has these values.
 *
 * @param values what it is sorted by and what tells it apart, as texts
 * @param given how many came before the page
 */
public record ExplorePosition(List<@Nullable String> values, int given) {
    /** Behind so many groups there are no more pages. */
    public static final int MOST_GROUPS = 10_000;

    public ExplorePosition {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** The position of values; unlike the constructor, other modules see that some may be null. */
    public static ExplorePosition of(List<@Nullable String> values, int given) {
        return new ExplorePosition(values, given);
    }
}
