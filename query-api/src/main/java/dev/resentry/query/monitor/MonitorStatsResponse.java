package dev.resentry.query.monitor;

import dev.resentry.storage.monitor.MonitorQueries;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How the runs of a monitor went.
 *
 * @param intervalSeconds the length of a span
 * @param spans the oldest first; those without a run are there too
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "MonitorStats")
record MonitorStatsResponse(long intervalSeconds, List<Span> spans) {

    /**
     * How runs went in a span of time.
     *
     * @param averageMs how long they took; null if none said so
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MonitorSpan")
    record Span(
            Instant start,
            long ok,
            long error,
            long missed,
            long timeout,
            @Nullable Long averageMs) {}

    static MonitorStatsResponse of(Instant from, Duration each, int count, List<MonitorQueries.Span> counted) {
        Map<Integer, MonitorQueries.Span> byNumber = new HashMap<>();
        counted.forEach(span -> byNumber.put(span.span(), span));
        return new MonitorStatsResponse(
                each.toSeconds(),
                IntStream.range(0, count)
                        .mapToObj(number -> span(from.plus(each.multipliedBy(number)), byNumber.get(number)))
                        .toList());
    }

    private static Span span(Instant start, MonitorQueries.@Nullable Span span) {
        return span == null
                ? new Span(start, 0, 0, 0, 0, null)
                : new Span(start, span.ok(), span.error(), span.missed(), span.timeout(), span.averageMs());
    }
}
