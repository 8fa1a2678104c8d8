package dev.resentry.query.release;

import dev.resentry.query.release.ReleaseHealthResponse.HourlyEvents;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.rollup.ReleaseHour;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionQueries;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts how the sessions of releases went. */
public final class ReleaseHealth {
    private final SessionQueries sessions;
    private final RollupQueries rollups;
    private final InstantSource clock;

    ReleaseHealth(SessionQueries sessions, RollupQueries rollups, InstantSource clock) {
        this.sessions = sessions;
        this.rollups = rollups;
        this.clock = clock;
    }

    /**
     * The health of a release.
     *
     * @param environments in which sessions are counted; null for all
     * @param range how far back; 24h if null
     * @param interval of the series; one that suits the range if null
     */
    public ReleaseHealthResponse of(
            StoredRelease release,
            @Nullable Set<String> environments,
            @Nullable String range,
            @Nullable String interval) {
        Instant now = clock.instant();
        SessionBuckets buckets = HealthPeriod.buckets(range, interval, now);
        long project = release.project().id();
        return ReleaseHealthResponse.of(
                release,
                buckets,
                sessions.series(project, release.version(), environments, buckets),
                sessions.users(project, release.version(), environments, buckets.from(), buckets.to()),
                events(project, release.version(), environments, HealthPeriod.hours(buckets)),
                sessions.adoption(project, release.version(), environments, now));
    }

    /** Events have counts by hour alone, so they are held against the sessions of whole hours. */
    private HourlyEvents events(
            long project, String version, @Nullable Set<String> environments, SessionBuckets hours) {
        long events = rollups.release(project, version, hours.from(), hours.to(), environments).stream()
                .mapToLong(ReleaseHour::events)
                .sum();
        long began = sessions.series(project, version, environments, hours).stream()
                .mapToLong(SessionCounts::sessions)
                .sum();
        return new HourlyEvents(events, began);
    }
}
