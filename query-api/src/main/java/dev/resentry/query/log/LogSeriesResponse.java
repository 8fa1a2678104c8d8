package dev.resentry.query.log;

import dev.resentry.model.log.LogLevel;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.log.LogQueries.LevelCount;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many logs of each level there are, in bars of equal length.
 *
 * @param start where the first bar begins
 * @param end where the last one ends
 * @param interval how long a bar is, in seconds
 * @param series of each level that has any, the least severe first
 */
@Schema(name = "LogSeries")
record LogSeriesResponse(Instant start, Instant end, long interval, List<Series> series) {

    /**
     * The bars of a level.
     *
     * @param values each the second since 1970 where a bar begins, and how many logs it has
     */
    @Schema(name = "LogSeriesOfLevel")
    record Series(@WordOf(LogLevel.class) String name, List<List<Long>> values) {}

    static LogSeriesResponse of(Instant begin, Duration each, int bars, List<LevelCount> counts) {
        Map<LogLevel, long[]> byLevel = new EnumMap<>(LogLevel.class);
        for (LevelCount count : counts) {
            LogLevel.parse(count.level()).ifPresent(level -> {
                if (count.bar() >= 0 && count.bar() < bars) {
                    byLevel.computeIfAbsent(level, _ -> new long[bars])[count.bar()] += count.logs();
                }
            });
        }
        List<Series> series = new ArrayList<>();
        byLevel.forEach((level, values) -> {
            List<List<Long>> points = new ArrayList<>();
            for (int bar = 0; bar < bars; bar++) {
                points.add(List.of(begin.getEpochSecond() + bar * each.toSeconds(), values[bar]));
            }
            series.add(new Series(level.wireName(), points));
        });
        return new LogSeriesResponse(begin, begin.plus(each.multipliedBy(bars)), each.toSeconds(), series);
    }
}
