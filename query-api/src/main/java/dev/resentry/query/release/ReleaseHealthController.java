package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.release.ReleaseHealthResponse.HourlyEvents;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.rollup.ReleaseHour;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionQueries;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** How the sessions of a release went. */
@NativeApi
@Tag(name = "Releases")
class ReleaseHealthController {
    private final ReleaseSelection selection;
    private final SessionQueries sessions;
    private final RollupQueries rollups;
    private final InstantSource clock;

    ReleaseHealthController(
            ReleaseSelection selection, SessionQueries sessions, RollupQueries rollups, InstantSource clock) {
        this.selection = selection;
        this.sessions = sessions;
        this.rollups = rollups;
        this.clock = clock;
    }

    /**
     * Shows the health of a release.
     *
     * @param environment in which sessions are counted; absent for all, empty for sessions without one
     * @param range how far back: minutes, hours or days such as 24h, which it is if absent; up to 100d
     * @param interval of the series, whole hours for more than 48 hours; absent for one that suits the range
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}/health")
    ReleaseHealthResponse health(
            @PathVariable long id,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable String interval,
            Actor actor) {
        Instant now = clock.instant();
        SessionBuckets buckets = HealthPeriod.buckets(range, interval, now);
        StoredRelease release = selection.one(actor, id);
        long project = release.project().id();
        Set<String> environments = ReleaseSelection.environmentsOf(environment);
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
