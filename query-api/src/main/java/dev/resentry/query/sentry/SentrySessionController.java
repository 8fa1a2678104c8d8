package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.sentry.StatsGroups.Group;
import dev.resentry.query.sentry.StatsGroups.Hours;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.session.ReleaseSessions;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionQueries;
import dev.resentry.storage.session.SessionUserCounts;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Sessions of programs, in groups. Users of a group are counted in total, not over time. */
@SentryApi
class SentrySessionController {
    private static final Duration USUAL = Duration.ofDays(14);
    private static final int MOST_GROUPS = 100;
    private static final Pattern TERM = Pattern.compile("(release|environment):(?:\"([^\"]*)\"|(\\S+))");
    private static final List<String> STATUSES = List.of("healthy", "errored", "unhandled", "abnormal", "crashed");

    private final SessionQueries sessions;
    private final ProjectStore store;
    private final ProjectSelection projects;
    private final SentrySelection where;
    private final InstantSource clock;

    SentrySessionController(
            SessionQueries sessions,
            ProjectStore store,
            ProjectSelection projects,
            SentrySelection where,
            InstantSource clock) {
        this.sessions = sessions;
        this.store = store;
        this.projects = projects;
        this.where = where;
        this.clock = clock;
    }

    /** Whose sessions are counted together. */
    private record Part(
            long project,
            @Nullable String release,
            @Nullable String environment) {}

    /**
     * Counts sessions.
     *
     * @param groupBy project, release, environment and session.status; none for all together
     * @param query {@code release:} and {@code environment:} alone
     */
    @Allowed(value = Scope.ORG_READ, or = Scope.PROJECT_READ)
    @GetMapping({"/api/0/organizations/{organization}/sessions", "/api/0/organizations/{organization}/metrics/data"})
    StatsGroups list(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> groupBy,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam @Nullable String interval,
            @RequestParam @Nullable String includeSeries,
            @RequestParam @Nullable String includeTotals,
            HttpServletRequest request,
            Actor actor) {
        where.organization(organization);
        List<String> fields = DiscoverController.texts(request, "field");
        if (fields.isEmpty()) {
            throw ApiException.invalid("field", "missing (expected: such as sum(session))");
        }
        List<String> by = groupBy == null ? List.of() : groupBy;
        for (String name : by) {
            if (!List.of("project", "release", "environment", "session.status").contains(name)) {
                throw ApiException.invalid(
                        "groupBy", "'%s' (expected: project, release, environment or session.status)".formatted(name));
            }
        }
        Hours hours =
                Hours.of(SentryWindow.of(statsPeriod, start, end, clock.instant()), interval, USUAL, clock.instant());
        Map<String, String> terms = terms(query);
        Set<String> environments = environments(environment, terms.get("environment"));
        List<Part> parts =
                parts(projects.of(actor, SentryIssues.named(project)), hours, by, terms.get("release"), environments);
        List<Group> groups = new ArrayList<>();
        for (Map.Entry<Map<String, @Nullable Object>, List<Part>> group :
                grouped(parts, by).entrySet()) {
            Figures figures = figures(group.getValue(), environments, hours, fields);
            for (String status : by.contains("session.status") ? STATUSES : List.of("")) {
                Map<String, @Nullable Object> key = new LinkedHashMap<>(group.getKey());
                if (!status.isEmpty()) {
                    key.put("session.status", status);
                }
                groups.add(new Group(
                        key,
                        "0".equals(includeTotals) ? null : figures.totals(fields, status),
                        "0".equals(includeSeries) ? null : figures.series(fields, status)));
            }
        }
        return new StatsGroups(hours.from(), hours.to(), query == null ? "" : query, hours.begins(), groups);
    }

    private List<Part> parts(
            VisibleProjects of,
            Hours hours,
            List<String> by,
            @Nullable String release,
            @Nullable Set<String> environments) {
        boolean split = by.contains("release") || by.contains("environment");
        List<Part> parts = new ArrayList<>();
        for (Project project : store.list()) {
            if (!of.contains(project.id())) {
                continue;
            }
            if (!split) {
                parts.add(new Part(project.id(), release, null));
                continue;
            }
            for (ReleaseSessions one : sessions.releases(project.id(), hours.from(), environments, MOST_GROUPS)) {
                if (release == null || release.equals(one.release())) {
                    parts.add(new Part(project.id(), one.release(), one.environment()));
                }
            }
        }
        return parts;
    }

    private static Map<Map<String, @Nullable Object>, List<Part>> grouped(List<Part> parts, List<String> by) {
        Map<Map<String, @Nullable Object>, List<Part>> groups = new LinkedHashMap<>();
        for (Part part : parts) {
            Map<String, @Nullable Object> key = new LinkedHashMap<>();
            for (String name : by) {
                switch (name) {
                    case "project" -> key.put(name, part.project());
                    case "release" -> key.put(name, part.release());
                    case "environment" -> key.put(name, part.environment());
                    default -> {}
                }
            }
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(part);
        }
        return groups;
    }

    private Figures figures(List<Part> parts, @Nullable Set<String> environments, Hours hours, List<String> fields) {
        SessionCounts[] series = new SessionCounts[hours.count()];
        Arrays.fill(series, SessionCounts.NONE);
        boolean withUsers = fields.stream().anyMatch(field -> field.contains("user"));
        List<SessionUserCounts> users = new ArrayList<>();
        for (Part part : parts) {
            Set<String> in = part.environment() == null ? environments : Set.of(part.environment());
            List<SessionCounts> counts = sessions.series(
                    part.project(), part.release(), in, new SessionBuckets(hours.from(), hours.to(), hours.each()));
            for (int i = 0; i < series.length; i++) {
                series[i] = series[i].plus(counts.get(i));
            }
            if (withUsers) {
                users.add(sessions.users(part.project(), part.release(), in, hours.from(), hours.to()));
            }
        }
        return new Figures(List.of(series), users);
    }

    /**
     * The sessions of a group.
     *
     * @param users of each of its parts
     */
    private record Figures(List<SessionCounts> each, List<SessionUserCounts> users) {
        Map<String, @Nullable Number> totals(List<String> fields, String status) {
            SessionCounts all = each.stream().reduce(SessionCounts.NONE, SessionCounts::plus);
            Map<String, @Nullable Number> totals = new LinkedHashMap<>();
            for (String field : fields) {
                totals.put(field, field.contains("user") ? ofUsers(field, status) : ofSessions(field, status, all));
            }
            return totals;
        }

        Map<String, List<@Nullable Number>> series(List<String> fields, String status) {
            Map<String, List<@Nullable Number>> series = new LinkedHashMap<>();
            for (String field : fields) {
                List<@Nullable Number> values = new ArrayList<>();
                IntStream.range(0, each.size())
                        .forEach(i ->
                                values.add(field.contains("user") ? null : ofSessions(field, status, each.get(i))));
                series.put(field, values);
            }
            return series;
        }

        private @Nullable Number ofUsers(String field, String status) {
            long all = sum(SessionUserCounts::all);
            long crashed = sum(SessionUserCounts::crashed);
            return switch (field) {
                case "count_unique(user)", "count_unique(sentry.sessions.user)", "session.all_user" ->
                    switch (status) {
                        case "" -> all;
                        case "healthy" -> Math.max(0, all - sum(SessionUserCounts::errored));
                        case "errored" -> sum(SessionUserCounts::errored);
                        case "abnormal" -> sum(SessionUserCounts::abnormal);
                        case "crashed" -> crashed;
                        default -> 0L;
                    };
                case "crash_rate(user)", "session.crash_user_rate" -> all == 0 ? null : (double) crashed / all;
                case "crash_free_rate(user)", "session.crash_free_user_rate" ->
                    all == 0 ? null : Math.max(0, 1 - (double) crashed / all);
                case "session.crashed_user" -> crashed;
                case "session.errored_user" -> sum(SessionUserCounts::errored);
                case "session.abnormal_user" -> sum(SessionUserCounts::abnormal);
                case "session.healthy_user" -> Math.max(0, all - sum(SessionUserCounts::errored));
                default -> throw unknown(field);
            };
        }

        private long sum(ToLongFunction<SessionUserCounts> count) {
            return users.stream().mapToLong(count).sum();
        }

        private static @Nullable Number ofSessions(String field, String status, SessionCounts counts) {
            Double free = counts.crashFree();
            return switch (field) {
                case "sum(session)" ->
                    switch (status) {
                        case "" -> counts.sessions();
                        case "healthy" -> Math.max(0, counts.sessions() - counts.errored());
                        case "errored" -> counts.erroredAlone();
                        case "unhandled" -> counts.unhandled();
                        case "abnormal" -> counts.abnormal();
                        default -> counts.crashed();
                    };
                case "session.all" -> counts.sessions();
                case "session.healthy" -> Math.max(0, counts.sessions() - counts.errored());
                case "session.errored" -> counts.erroredAlone();
                case "session.abnormal" -> counts.abnormal();
                case "session.crashed" -> counts.crashed();
                case "crash_free_rate(session)", "session.crash_free_rate" -> free;
                case "crash_rate(session)", "session.crash_rate" -> free == null ? null : 1 - free;
                case "avg(session.duration)" -> counts.meanDurationMillis();
                default -> throw unknown(field);
            };
        }

        private static ApiException unknown(String field) {
            return ApiException.invalid(
                    "field",
                    "'%s' (expected: sum(session), count_unique(user), crash_rate(…) or crash_free_rate(…))"
                            .formatted(field));
        }
    }

    private static Map<String, String> terms(@Nullable String query) {
        Map<String, String> terms = new LinkedHashMap<>();
        if (query == null || query.isBlank()) {
            return terms;
        }
        Matcher term = TERM.matcher(query);
        while (term.find()) {
            terms.put(term.group(1), term.group(2) == null ? term.group(3) : term.group(2));
        }
        if (!TERM.matcher(query).replaceAll("").isBlank()) {
            throw ApiException.invalid("query", "'%s' (expected: release: and environment: alone)".formatted(query));
        }
        return terms;
    }

    private static @Nullable Set<String> environments(@Nullable List<String> named, @Nullable String queried) {
        if (queried != null) {
            return Set.of(queried);
        }
        List<String> given = SentryIssues.environments(named);
        return given == null || given.isEmpty() ? null : Set.copyOf(given);
    }
}
