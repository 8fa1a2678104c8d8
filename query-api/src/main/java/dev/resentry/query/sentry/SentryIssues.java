package dev.resentry.query.sentry;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.ShortId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.issue.IssueAnswers;
import dev.resentry.query.issue.IssueFilterRequest;
import dev.resentry.query.issue.IssueResponse;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.rollup.RollupQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds issues as clients name them, and makes answers of them. */
final class SentryIssues {
    /** What an absent query stands for; an empty one wants everything. */
    static final String USUAL_QUERY = "is:unresolved";

    private static final int INTERVALS = 30;
    private static final Duration USUAL = Duration.ofDays(14);
    private static final Duration MOST = Duration.ofDays(90);

    private final IssueSelection selection;
    private final IssueAnswers answers;
    private final RollupQueries rollups;
    private final EventQueries events;
    private final ProjectSelection projects;
    private final Searches searches;
    private final InstantSource clock;

    SentryIssues(
            IssueSelection selection,
            IssueAnswers answers,
            RollupQueries rollups,
            EventQueries events,
            ProjectSelection projects,
            Searches searches,
            InstantSource clock) {
        this.selection = selection;
        this.answers = answers;
        this.rollups = rollups;
        this.events = events;
        this.projects = projects;
        this.searches = searches;
        this.clock = clock;
    }

    /**
     * Which issues are wanted.
     *
     * @param project slugs or ids
     * @param query null for what is unresolved
     */
    static IssueFilterRequest wanted(
            @Nullable List<String> project,
            @Nullable List<String> environment,
            @Nullable String query,
            SentryWindow window) {
        return new IssueFilterRequest(
                named(project),
                null,
                null,
                null,
                environments(environment),
                query == null ? USUAL_QUERY : query,
                null,
                window.from(),
                window.to(),
                null,
                null,
                null,
                null);
    }

    /** The projects that a request names; {@code -1} stands for all. */
    static @Nullable List<String> named(@Nullable List<String> project) {
        return project == null || project.contains("-1")
                ? null
                : project.stream().filter(one -> !one.isBlank()).toList();
    }

    /** The projects that a request names by ids or slugs in the one parameter, by slugs in the other. */
    static @Nullable List<String> named(@Nullable List<String> project, @Nullable List<String> slug) {
        return named(Stream.of(project, slug)
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .toList());
    }

    /** The environments that a request names; clients send an empty one for all. */
    static @Nullable List<String> environments(@Nullable List<String> environment) {
        return environment == null
                ? null
                : environment.stream().filter(one -> !one.isEmpty()).distinct().toList();
    }

    IssueFilter filter(IssueFilterRequest wanted, Actor actor) {
        return wanted.of(actor, projects, searches);
    }

    /**
     * The issue of an id or a short id.
     *
     * @throws ApiException not found
     */
    StoredIssue one(Actor actor, String named) {
        if (named.matches("\\d{1,18}")) {
            return selection.one(actor, Long.parseLong(named));
        }
        return ofShortId(actor, named).orElseThrow(() -> ApiException.notFound("issue", named));
    }

    /** The issue of a short id, whose project may have had another name; empty if there is none. */
    Optional<StoredIssue> ofShortId(Actor actor, String named) {
        return ShortId.parse(named).flatMap(id -> {
            StoredIssue issue;
            try {
                issue = selection.one(actor, id.issueId());
            } catch (ApiException _) {
                return Optional.empty();
            }
            return issue.project().slug().equals(id.projectSlug()) ? Optional.of(issue) : Optional.empty();
        });
    }

    /** The event of a text that is the id of one; empty if it is no id, or there is none. */
    Optional<StoredEvent> event(Actor actor, String text) {
        return EventId.parse(text.strip()).flatMap(id -> events.find(id, projects.of(actor)));
    }

    SentryIssue answer(StoredIssue issue, String organization, @Nullable String event) {
        return answers(List.of(issue), IssueFilter.ALL, organization, "24h", event)
                .getFirst();
    }

    /**
     * The answers in the order of the issues.
     *
     * @param period of the statistics: 24h, 14d, auto, or empty for none
     */
    List<SentryIssue> answers(
            List<StoredIssue> issues,
            IssueFilter filter,
            String organization,
            @Nullable String period,
            @Nullable String event) {
        String named = period == null ? "24h" : period;
        Map<Long, List<List<Long>>> series = series(issues, filter, named);
        List<SentryIssue> all = new ArrayList<>();
        for (IssueResponse answer : answers.of(issues, filter)) {
            List<List<Long>> stats = series.get(answer.id());
            all.add(SentryIssue.of(answer, organization, stats == null ? Map.of() : Map.of(named, stats), event));
        }
        return all;
    }

    private Map<Long, List<List<Long>>> series(List<StoredIssue> issues, IssueFilter filter, String period) {
        if (issues.isEmpty() || period.isEmpty()) {
            return Map.of();
        }
        int hours = switch (period) {
            case "24h" -> 24;
            case "14d" -> 14 * 24;
            case "auto" -> hours(filter.window());
            default ->
                throw ApiException.invalid("groupStatsPeriod", "'%s' (expected: 24h, 14d or auto)".formatted(period));
        };
        int each = switch (period) {
            case "24h" -> 1;
            case "14d" -> 24;
            default -> Math.ceilDiv(hours, INTERVALS);
        };
        int count = Math.ceilDiv(hours, each);
        Instant first = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours((long) count * each - 1));
        Map<Long, long[]> trends = rollups.trends(
                issues.stream().map(StoredIssue::id).toList(), first, count * each, filter.environments());
        var byIssue = new HashMap<Long, List<List<Long>>>();
        for (StoredIssue issue : issues) {
            long[] ofHours = trends.getOrDefault(issue.id(), new long[count * each]);
            List<List<Long>> pairs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long sum = 0;
                for (int hour = i * each; hour < (i + 1) * each; hour++) {
                    sum += ofHours[hour];
                }
                pairs.add(List.of(first.plus(Duration.ofHours((long) i * each)).getEpochSecond(), sum));
            }
            byIssue.put(issue.id(), pairs);
        }
        return byIssue;
    }

    private int hours(IssueFilter.@Nullable Window window) {
        Duration wanted = window == null ? USUAL : Duration.between(window.from(), clock.instant());
        return (int) Math.clamp(wanted.toHours(), 1, MOST.toHours());
    }
}
