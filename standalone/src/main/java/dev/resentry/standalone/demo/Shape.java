package dev.resentry.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** How often something happens over the {@value #DAYS} days up to today, and when in a day. All days are UTC. */
enum Shape {
    STEADY,
    /** Mostly in less than two hours of the day before yesterday. */
    SPIKE,
    /** Since yesterday. */
    NEW,
    /** Not any more since some days. */
    OLD,
    RISING;

    static final int DAYS = 14;

    private static final int SPIKE_DAYS_AGO = 2;
    private static final double SPIKE_SHARE = 0.72;
    private static final Duration SPIKE_START = Duration.ofHours(13).plusMinutes(40);
    private static final Duration SPIKE_LENGTH = Duration.ofMinutes(100);
    private static final int OLD_SINCE_DAYS = 6;

    /** The share of a day in all that happens. */
    double share(int daysAgo) {
        double steady = 1.0 / DAYS;
        return switch (this) {
            case STEADY -> steady;
            case SPIKE -> (1 - SPIKE_SHARE) * steady + (daysAgo == SPIKE_DAYS_AGO ? SPIKE_SHARE : 0);
            case NEW -> daysAgo <= 1 ? 0.5 : 0;
            case OLD -> daysAgo >= OLD_SINCE_DAYS ? 1.0 / (DAYS - OLD_SINCE_DAYS) : 0;
            case RISING -> (DAYS - daysAgo) / (DAYS * (DAYS + 1) / 2.0);
        };
    }

    /** A time of a day; more often in the afternoon than at night. */
    Instant time(LocalDate day, int daysAgo, RandomGenerator random) {
        Instant midnight = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        if (this == SPIKE && daysAgo == SPIKE_DAYS_AGO && random.nextDouble() < 0.97) {
            return midnight.plus(SPIKE_START).plusMillis((long) (SPIKE_LENGTH.toMillis() * random.nextDouble()));
        }
        while (true) {
            double hour = 24 * random.nextDouble();
            double wave = Math.sin(Math.PI * (hour - 3) / 24);
            if (random.nextDouble() < 0.2 + 0.8 * wave * wave) {
                return midnight.plusMillis((long) (hour * Duration.ofHours(1).toMillis()));
            }
        }
    }

    /** Whether everything is slow at a time, because of the spike. */
    static boolean isSlow(Instant at, LocalDate today) {
        Instant start = today.minusDays(SPIKE_DAYS_AGO)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plus(SPIKE_START);
        return !at.isBefore(start) && at.isBefore(start.plus(SPIKE_LENGTH));
    }
}
