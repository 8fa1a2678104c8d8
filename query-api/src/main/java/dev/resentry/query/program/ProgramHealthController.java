package dev.resentry.query.program;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.explore.Backends;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.HealthPeriod;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.storage.analytics.CopyUnavailableException;
import dev.resentry.storage.session.ReleaseSessions;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCopy;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionQueries;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Release health in a flat form (features, M7). */
@NativeApi
@Tag(name = "Releases for programs")
class ProgramHealthController {
    private static final int MOST_RELEASES = 1_000;

    private final SessionQueries sessions;
    private final @Nullable SessionCopy copy;
    private final ProjectSelection projects;
    private final InstantSource clock;

    /** @param copy null if there is none */
    ProgramHealthController(
            SessionQueries sessions, @Nullable SessionCopy copy, ProjectSelection projects, InstantSource clock) {
        this.sessions = sessions;
        this.copy = copy;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * The sessions of a release in an environment.
     *
     * @param environment null for sessions without one
     * @param crashFreeRate the share of sessions that did not crash, from 0 to 1; null without sessions
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProgramReleaseHealth")
    record ProgramReleaseHealth(
            String version,
            @Nullable String environment,
            long totalSessions,
            long crashedSessions,
            @Nullable Double crashFreeRate) {
        static ProgramReleaseHealth of(ReleaseSessions release) {
            return new ProgramReleaseHealth(
                    release.release(),
                    release.environment().isEmpty() ? null : release.environment(),
                    release.counts().sessions(),
                    release.counts().crashed(),
                    release.counts().crashFree());
        }
    }

    /**
     * The sessions of a project that began in an interval.
     *
     * @param timestamp when the interval begins
     * @param crashFreeRate as of releases
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ProgramHealthInterval")
    record ProgramHealthInterval(
            Instant timestamp,
            long totalSessions,
            long crashedSessions,
            @Nullable Double crashFreeRate) {}

    /**
     * Lists the releases of a project that have sessions, by environment, those that were used last first; at most 1,000.
     *
     * @param project its slug or id
     * @param environment absent for all, empty for sessions without one
     * @param range how far back, such as 24h, where the first hour counts whole; absent for as long as sessions are kept
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/releases/health")
    List<ProgramReleaseHealth> releases(
            @RequestParam String project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            Actor actor) {
        Instant from = range == null ? Instant.EPOCH : clock.instant().minus(HealthPeriod.duration("range", range));
        return sessions
                .releases(
                        projects.one(actor, project).id(),
                        from,
                        ReleaseSelection.environmentsOf(environment),
                        MOST_RELEASES)
                .stream()
                .map(ProgramReleaseHealth::of)
                .toList();
    }

    /**
     * The sessions of a project by time, the earliest first, with intervals without any.
     *
     * @param project its slug or id
     * @param environment absent for all, empty for sessions without one
     * @param version of one release alone
     * @param range how far back: minutes, hours or days such as 24h, which it is if absent; up to 100d
     * @param interval whole hours for more than 48 hours; absent for one that suits the range
     * @param backend ch for the copy in ClickHouse; absent or pg for PostgreSQL
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/releases/health/series")
    List<ProgramHealthInterval> series(
            @RequestParam String project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String version,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable String interval,
            @RequestParam @Nullable String backend,
            Actor actor) {
        SessionBuckets buckets = HealthPeriod.buckets(range, interval, clock.instant());
        long id = projects.one(actor, project).id();
        List<SessionCounts> series =
                series(backend, id, version, ReleaseSelection.environmentsOf(environment), buckets);
        List<ProgramHealthInterval> intervals = new ArrayList<>(series.size());
        for (int i = 0; i < series.size(); i++) {
            SessionCounts counts = series.get(i);
            intervals.add(new ProgramHealthInterval(
                    buckets.begin(i), counts.sessions(), counts.crashed(), counts.crashFree()));
        }
        return intervals;
    }

    private List<SessionCounts> series(
            @Nullable String backend,
            long project,
            @Nullable String version,
            @Nullable Set<String> environments,
            SessionBuckets buckets) {
        SessionCopy chosen = copy;
        if (!Backends.isCopy(backend, chosen) || chosen == null) {
            return sessions.series(project, version, environments, buckets);
        }
        try {
            return chosen.series(project, version, environments, buckets);
        } catch (CopyUnavailableException e) {
            throw ApiException.unavailable(String.valueOf(e.getMessage()));
        }
    }
}
