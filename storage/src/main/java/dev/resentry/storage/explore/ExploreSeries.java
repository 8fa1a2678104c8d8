package dev.resentry.storage.explore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure over time.
 *
 * @param name the text of its field
 * @param group the values of its group by the texts of their fields
 * @param values one for each interval, null where there is none
 */
public record ExploreSeries(String name, Map<String, @Nullable Object> group, List<@Nullable Double> values) {

    /** A series of values; unlike the constructor, other modules see that some may be null. */
    public static ExploreSeries of(String name, Map<String, @Nullable Object> group, List<@Nullable Double> values) {
        return new ExploreSeries(name, group, values);
    }
}
