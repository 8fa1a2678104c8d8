package dev.resentry.storage.explore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of rows or groups.
 *
 * @param rows the values by the texts of the fields
 * @param next where the next page begins; null if there is none
 */
public record ExplorePage(
        List<Map<String, @Nullable Object>> rows, @Nullable ExplorePosition next) {
    public ExplorePage {
        rows = List.copyOf(rows);
    }

    /** A page of rows; unlike the constructor, other modules see that values may be null. */
    public static ExplorePage of(List<Map<String, @Nullable Object>> rows, @Nullable ExplorePosition next) {
        return new ExplorePage(rows, next);
    }
}
