package dev.resentry.query.performance;

import dev.resentry.storage.performance.EndpointFigures;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The transactions of some time.
 *
 * @param perMinute how many ended each minute
 * @param failures how many have a status other than ok, cancelled or unknown
 * @param failureRate the share of these, from 0 to 1
 * @param totalMs how long all took together
 * @param p50 in milliseconds, within 1 % of the true one, as the others; 0 without transactions
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "PerformanceFigures")
record FiguresResponse(
        long transactions,
        double perMinute,
        long failures,
        double failureRate,
        double totalMs,
        double p50,
        double p75,
        double p95,
        double p99) {
    static FiguresResponse of(EndpointFigures figures, Duration time) {
        return new FiguresResponse(
                figures.transactions(),
                figures.transactions() / Math.max(1, time.toSeconds() / 60.0),
                figures.failures(),
                figures.failureRate(),
                figures.totalMs(),
                figures.p50(),
                figures.p75(),
                figures.p95(),
                figures.p99());
    }
}
