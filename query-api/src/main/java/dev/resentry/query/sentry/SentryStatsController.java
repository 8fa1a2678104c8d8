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
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.ledger.OutcomeTotal;
import dev.resentry.storage.project.Project;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What became of what was sent, by hour. */
@SentryApi
class SentryStatsController {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final int MOST_TOTALS = 200_000;

    private final LedgerQueries ledger;
    private final ProjectSelection projects;
    private final SentrySelection where;
    private final InstantSource clock;

    SentryStatsController(LedgerQueries ledger, ProjectSelection projects, SentrySelection where, InstantSource clock) {
        this.ledger = ledger;
        this.projects = projects;
        this.where = where;
        this.clock = clock;
    }

    /**
     * Sums of quantities.
     *
     * @param request with {@code field}: sum(quantity) or sum(times_seen), which are the same here
     * @param groupBy outcome, category, reason and project; none for all together
     */
    @Allowed(value = Scope.ORG_READ, or = Scope.PROJECT_READ)
    @GetMapping("/api/0/organizations/{organization}/stats_v2")
    StatsGroups outcomes(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> groupBy,
            @RequestParam @Nullable List<String> category,
            @RequestParam @Nullable List<String> outcome,
            @RequestParam @Nullable List<String> reason,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String statsPeriod,
            @RequestParam @Nullable String start,
            @RequestParam @Nullable String end,
            @RequestParam @Nullable String interval,
            HttpServletRequest request,
            Actor actor) {
        where.organization(organization);
        List<String> fields = DiscoverController.texts(request, "field");
        if (fields.isEmpty()) {
            throw ApiException.invalid("field", "missing (expected: sum(quantity) or sum(times_seen))");
        }
        for (String field : fields) {
            if (!field.equals("sum(quantity)") && !field.equals("sum(times_seen)")) {
                throw ApiException.invalid(
                        "field", "'%s' (expected: sum(quantity) or sum(times_seen))".formatted(field));
            }
        }
        Hours hours =
                Hours.of(SentryWindow.of(statsPeriod, start, end, clock.instant()), interval, USUAL, clock.instant());
        List<String> by = groupBy == null ? List.of() : groupBy;
        Map<Map<String, @Nullable Object>, long[]> sums = new LinkedHashMap<>();
        for (OutcomeTotal total : totals(hours, projects.of(actor, SentryIssues.named(project)))) {
            String categoryOf = category(total.category());
            String outcomeOf = outcome(total.outcome());
            if ((category == null
                            || category.stream()
                                    .map(SentryStatsController::category)
                                    .anyMatch(categoryOf::equals))
                    && (outcome == null || outcome.contains(outcomeOf))
                    && (reason == null || reason.contains(total.reason()))) {
                Map<String, @Nullable Object> key = new LinkedHashMap<>();
                for (String name : by) {
                    key.put(
                            name,
                            switch (name) {
                                case "outcome" -> outcomeOf;
                                case "category" -> categoryOf;
                                case "reason" -> total.reason();
                                case "project" -> total.projectId();
                                default ->
                                    throw ApiException.invalid(
                                            "groupBy",
                                            "'%s' (expected: outcome, category, reason or project)".formatted(name));
                            });
                }
                sums.computeIfAbsent(key, _ -> new long[hours.count()])[hours.of(total.hour())] += total.quantity();
            }
        }
        List<Group> groups = new ArrayList<>();
        for (Map.Entry<Map<String, @Nullable Object>, long[]> sum : sums.entrySet()) {
            groups.add(group(sum.getKey(), fields, sum.getValue(), by.contains("project")));
        }
        return new StatsGroups(hours.from(), hours.to(), null, hours.begins(), groups);
    }

    private static Group group(Map<String, @Nullable Object> key, List<String> fields, long[] series, boolean inTotal) {
        Map<String, @Nullable Number> totals = new LinkedHashMap<>();
        Map<String, List<@Nullable Number>> all = new LinkedHashMap<>();
        for (String field : fields) {
            long sum = 0;
            List<@Nullable Number> values = new ArrayList<>();
            for (long value : series) {
                sum += value;
                values.add(value);
            }
            totals.put(field, sum);
            all.put(field, values);
        }
        return new Group(key, totals, inTotal ? null : all);
    }

    /**
     * Counts errors of a project by time.
     *
     * @param stat received (so if absent), rejected, blacklisted or generated, which there is nothing of
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/0/projects/{organization}/{project}/stats")
    List<List<Long>> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam @Nullable String stat,
            @RequestParam @Nullable String since,
            @RequestParam @Nullable String until,
            @RequestParam @Nullable String resolution,
            Actor actor) {
        Project of = where.project(actor, organization, project);
        String wanted = stat == null || stat.isBlank() ? "received" : stat;
        if (!List.of("received", "rejected", "blacklisted", "generated").contains(wanted)) {
            throw ApiException.invalid(
                    "stat", "'%s' (expected: received, rejected, blacklisted or generated)".formatted(stat));
        }
        Instant now = clock.instant();
        Hours hours = Hours.of(
                new SentryWindow(SentryWindow.time("since", since), SentryWindow.time("until", until)),
                resolution == null || !resolution.matches("\\d+[hdw]") ? null : resolution,
                USUAL,
                now);
        long[] sums = new long[hours.count()];
        for (OutcomeTotal total : totals(hours, where.where(actor, organization, String.valueOf(of.id())))) {
            String outcome = outcome(total.outcome());
            boolean counts = category(total.category()).equals("error")
                    && switch (wanted) {
                        case "received" -> !outcome.equals("client_discard");
                        case "rejected" -> outcome.equals("rate_limited");
                        case "blacklisted" -> outcome.equals("filtered");
                        default -> false;
                    };
            if (counts) {
                sums[hours.of(total.hour())] += total.quantity();
            }
        }
        List<List<Long>> pairs = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            pairs.add(List.of(hours.from().plus(hours.each().multipliedBy(i)).getEpochSecond(), sums[i]));
        }
        return pairs;
    }

    private List<OutcomeTotal> totals(Hours hours, VisibleProjects of) {
        List<OutcomeTotal> found = ledger.totals(hours.from(), hours.to(), null, of, false, MOST_TOTALS);
        if (found.size() == MOST_TOTALS) {
            throw ApiException.invalid("start", "too much in that time (expected: a shorter one, or one project)");
        }
        return found;
    }

    /** Messages and security reports count as errors. */
    private static String category(String category) {
        return category.equals("default") || category.equals("security") ? "error" : category;
    }

    private static String outcome(String outcome) {
        return switch (outcome) {
            case "stored", "duplicate" -> "accepted";
            case "dropped" -> "invalid";
            default -> outcome;
        };
    }
}
