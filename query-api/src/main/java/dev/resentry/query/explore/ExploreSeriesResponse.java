package dev.resentry.query.explore;

import dev.resentry.storage.explore.ExploreSeries;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures over time.
 *
 * @param start when the first interval begins
 * @param end when the last one ends
 * @param interval in seconds
 * @param series of one group after the other, those with the largest first figure first
 */
@Schema(name = "ExploredSeries")
record ExploreSeriesResponse(Instant start, Instant end, long interval, List<Series> series) {
    /**
     * A figure over time.
     *
     * @param name the figure as it was sent
     * @param group the values of its group by the texts of their fields; empty without groups
     * @param values the begin of each interval in seconds since 1970, and the figure; null if there is none
     */
    @Schema(name = "ExploredFigures")
    record Series(String name, Map<String, @Nullable Object> group, List<List<@Nullable Number>> values) {}

    static ExploreSeriesResponse of(List<ExploreSeries> series, Instant begin, Duration interval, Instant to) {
        long seconds = interval.toSeconds();
        long intervals =
                Duration.between(begin, to).plusSeconds(seconds).minusNanos(1).toSeconds() / seconds;
        return new ExploreSeriesResponse(
                begin,
                begin.plusSeconds(intervals * seconds),
                seconds,
                series.stream()
                        .map(one -> new Series(one.name(), one.group(), values(one.values(), begin, seconds)))
                        .toList());
    }

    private static List<List<@Nullable Number>> values(List<@Nullable Double> figures, Instant begin, long seconds) {
        List<List<@Nullable Number>> values = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            List<@Nullable Number> pair = new ArrayList<>();
            pair.add(begin.getEpochSecond() + i * seconds);
            pair.add(figures.get(i));
            values.add(pair);
        }
        return values;
    }
}
