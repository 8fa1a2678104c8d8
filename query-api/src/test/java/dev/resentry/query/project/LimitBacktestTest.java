package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.project.LimitBacktest.Hour;
import dev.resentry.query.project.LimitBacktest.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitBacktestTest {
    private static final Instant TEN = Instant.parse("2026-11-18T10:00:00Z");

    @ParameterizedTest(name = "{0} in {1} s refuses {2} of 100 in a minute")
    @CsvSource({
        "100, 60, 0",
        "99, 60, 1",
        "0, 60, 100",
        // A minute has two windows of half a minute, and 60 of a second.
        "50, 30, 0",
        "40, 30, 20",
        "1, 1, 40",
        // In longer windows nothing else came.
        "100, 3600, 0",
        "30, 86400, 70",
    })
    void whatIsOverTheLimitOfAWindowIsRefused(long limit, long seconds, long rejected) {
        var backtest =
                LimitBacktest.of(limit, Duration.ofSeconds(seconds), Map.of(), Map.of(TEN.plusSeconds(180), 100L));

        assertThat(backtest.hours()).containsExactly(new Hour(TEN, 100, rejected));
    }

    @Test
    void aLongWindowFillsMinuteByMinuteAndAcrossHours() {
        var backtest = LimitBacktest.of(
                100,
                Duration.ofHours(2),
                Map.of(),
                Map.of(TEN, 60L, TEN.plusSeconds(60), 60L, TEN.plusSeconds(3600), 30L, TEN.plusSeconds(7200), 90L));

        assertThat(backtest.hours())
                .containsExactly(
                        new Hour(TEN, 120, 20),
                        new Hour(TEN.plusSeconds(3600), 30, 30),
                        new Hour(TEN.plusSeconds(7200), 90, 0));
        assertThat(backtest.worst()).containsExactly(new Window(TEN, 150, 50));
        assertThat(backtest.windows()).isEqualTo(1);
    }

    @Test
    void anHourOfWhichNoMinuteIsKnownIsTakenForEvenlySpread() {
        var backtest =
                LimitBacktest.of(10, Duration.ofMinutes(1), Map.of(TEN, 600L, TEN.plusSeconds(3600), 660L), Map.of());

        assertThat(backtest.hours()).containsExactly(new Hour(TEN, 600, 0), new Hour(TEN.plusSeconds(3600), 660, 60));
    }

    @Test
    void theWorstWindowsStandFirstAndAreTwentyAtMost() {
        Map<Instant, Long> minutes = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            minutes.put(TEN.plusSeconds(60L * i), 10L + i);
        }

        var backtest = LimitBacktest.of(10, Duration.ofMinutes(1), Map.of(), minutes);

        assertThat(backtest.windows()).isEqualTo(29);
        assertThat(backtest.worst()).hasSize(20).first().isEqualTo(new Window(TEN.plusSeconds(60L * 29), 39, 29));
    }
}
