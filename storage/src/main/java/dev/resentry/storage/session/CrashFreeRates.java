package dev.resentry.storage.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many sessions and users of a project were free of crashes within a window that ends now. */
public final class CrashFreeRates {
    private final SessionQueries sessions;

    public CrashFreeRates(JdbcClient jdbc) {
        this.sessions = new SessionQueries(jdbc);
    }

    /**
     * A rate.
     *
     * @param percent free of crashes
     * @param of how many sessions or users it is a part
     */
    public record CrashFree(double percent, long of) {}

    /**
     * Of sessions that began within the window, to the minute; to the hour for windows beyond those of which minutes are kept.
     *
     * @param environment null for all, empty for sessions without one
     * @return empty without sessions
     */
    public Optional<CrashFree> ofSessions(long projectId, @Nullable String environment, Instant now, Duration window) {
        boolean byMinute = window.compareTo(SessionResolution.MINUTES_KEPT.minusHours(1)) < 0;
        Duration step = byMinute ? Duration.ofMinutes(1) : Duration.ofHours(1);
        ChronoUnit unit = byMinute ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        Instant to = now.truncatedTo(unit).plus(step);
        Instant from = now.minus(window).truncatedTo(unit);
        SessionCounts sum = SessionCounts.NONE;
        for (SessionCounts counts :
                sessions.series(projectId, null, environments(environment), new SessionBuckets(from, to, step))) {
            sum = sum.plus(counts);
        }
        Double rate = sum.crashFree();
        return rate == null ? Optional.empty() : Optional.of(new CrashFree(rate * 100, sum.sessions()));
    }

    /** Of users of sessions that began in the hours that the window touches. */
    public Optional<CrashFree> ofUsers(long projectId, @Nullable String environment, Instant now, Duration window) {
        SessionUserCounts users =
                sessions.users(projectId, null, environments(environment), now.minus(window), now.plusSeconds(1));
        if (users.all() == 0) {
            return Optional.empty();
        }
        double rate = Math.max(0, 1 - (double) users.crashed() / users.all());
        return Optional.of(new CrashFree(rate * 100, users.all()));
    }

    private static @Nullable Set<String> environments(@Nullable String environment) {
        return environment == null ? null : Set.of(environment);
    }
}
