package dev.resentry.query.dashboard;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.dashboard.DashboardFigures;
import dev.resentry.storage.dashboard.DashboardQueries;
import dev.resentry.storage.dashboard.DashboardWindow;
import dev.resentry.storage.dashboard.ReleaseErrors;
import dev.resentry.storage.rollup.ProjectTimeline;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What a dashboard shows of the projects that someone sees, in parts that are asked for by themselves. */
@NativeApi
@Tag(name = "Dashboard")
class DashboardController {
    private static final int MOST_RELEASES = 20;

    private final DashboardQueries dashboard;
    private final ProjectSelection projects;
    private final InstantSource clock;

    DashboardController(DashboardQueries dashboard, ProjectSelection projects, InstantSource clock) {
        this.dashboard = dashboard;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * Events over time.
     *
     * @param from when the first bar begins
     * @param intervalSeconds how long a bar is; the last one may be cut off
     * @param bars all of them, the earliest first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DashboardErrors")
    record ErrorsResponse(Instant from, Instant to, long intervalSeconds, long errors, List<Bar> bars) {
        /**
         * A bar.
         *
         * @param levels how many of the events have each level
         */
        @Schema(name = "DashboardBar")
        record Bar(Instant at, long errors, Map<String, Long> levels) {}

        static ErrorsResponse of(DashboardWindow window, ProjectTimeline timeline) {
            return new ErrorsResponse(
                    window.from(),
                    window.to(),
                    window.interval().toSeconds(),
                    timeline.events(),
                    timeline.buckets().stream()
                            .map(bar -> new Bar(bar.at(), bar.events(), bar.levels()))
                            .toList());
        }
    }

    /**
     * The figures of some time and of the time of the same length before it.
     *
     * @param comparedFrom when the time before begins; it ends at {@code from}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DashboardFigures")
    record FiguresResponse(Instant from, Instant to, Instant comparedFrom, Figures now, Figures before) {
        /**
         * Figures.
         *
         * @param errors events of any level
         * @param users of these, by whole hours: exact up to 256, then within about 1.2 %
         * @param newIssues that happened for the first time
         * @param crashFree the share of sessions that did not crash, from 0 to 1; null without sessions
         */
        @JsonNaming(SnakeCaseStrategy.class)
        @Schema(name = "DashboardFiguresOfTime")
        record Figures(
                long errors,
                long users,
                long newIssues,
                long sessions,
                @Nullable Double crashFree) {
            static Figures of(DashboardFigures figures) {
                return new Figures(
                        figures.errors(),
                        figures.users(),
                        figures.newIssues(),
                        figures.sessions(),
                        figures.crashFree());
            }
        }
    }

    /**
     * How a release fares in an environment.
     *
     * @param releaseId null if no such release is known
     * @param environment empty for what has none
     * @param errors events of the release
     * @param crashFree the share of sessions that did not crash, from 0 to 1
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DashboardRelease")
    record ReleaseResponse(
            long projectId,
            String project,
            @Nullable Long releaseId,
            String version,
            String environment,
            long sessions,
            long errors,
            double errorsPerHundredSessions,
            double crashFree) {
        static ReleaseResponse of(ReleaseErrors release) {
            return new ReleaseResponse(
                    release.projectId(),
                    release.project(),
                    release.releaseId(),
                    release.version(),
                    release.environment(),
                    release.sessions(),
                    release.errors(),
                    release.errorsPerHundredSessions(),
                    release.crashFree());
        }
    }

    /**
     * Shows how many events of each level there were over time, by minute over the last day and by hour before that.
     *
     * @param project slugs or ids
     * @param range 1h, 24h, 7d, 14d, 30d or 90d until now; 24h if nothing is given
     * @param start in place of a range
     */
    @GetMapping("/api/v1/dashboard")
    @Allowed(Scope.EVENT_READ)
    ErrorsResponse errors(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor) {
        DashboardWindow window = DashboardRange.window(range, start, end, clock.instant());
        return ErrorsResponse.of(
                window, dashboard.errors(projects.of(actor, project), environments(environment), window));
    }

    /**
     * Shows the figures of some time, and of the time before it.
     *
     * @param project slugs or ids
     * @param range 1h, 24h, 7d, 14d, 30d or 90d until now; 24h if nothing is given
     * @param start in place of a range
     */
    @GetMapping("/api/v1/dashboard/figures")
    @Allowed(Scope.EVENT_READ)
    FiguresResponse figures(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor) {
        DashboardWindow window = DashboardRange.window(range, start, end, clock.instant());
        DashboardFigures.Pair figures =
                dashboard.figures(projects.of(actor, project), environments(environment), window);
        return new FiguresResponse(
                window.from(),
                window.to(),
                window.before(),
                FiguresResponse.Figures.of(figures.now()),
                FiguresResponse.Figures.of(figures.before()));
    }

    /**
     * Compares the 20 releases with the most sessions by environment, in whole hours; the one with the most errors for each hundred of
     * them first. A release without sessions is not compared.
     *
     * @param project slugs or ids
     * @param range 1h, 24h, 7d, 14d, 30d or 90d until now; 24h if nothing is given
     * @param start in place of a range
     */
    @GetMapping("/api/v1/dashboard/releases")
    @Allowed(Scope.EVENT_READ)
    List<ReleaseResponse> releases(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            Actor actor) {
        DashboardWindow window = DashboardRange.window(range, start, end, clock.instant());
        return dashboard
                .releases(projects.of(actor, project), environments(environment), window, MOST_RELEASES)
                .stream()
                .map(ReleaseResponse::of)
                .toList();
    }

    private static @Nullable Set<String> environments(@Nullable List<String> wanted) {
        return wanted == null || wanted.isEmpty() ? null : Set.copyOf(wanted);
    }
}
