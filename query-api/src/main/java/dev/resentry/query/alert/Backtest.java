package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Regression;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertCondition.Unignored;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.alert.FiringReason;
import dev.resentry.processing.alert.RuleFilters;
import dev.resentry.query.alert.IssueReplay.Happening;
import dev.resentry.query.alert.IssueReplay.Moment;
import dev.resentry.storage.alert.AlertPast;
import dev.resentry.storage.alert.AlertPast.Stretch;
import dev.resentry.storage.alert.PastChange;
import dev.resentry.storage.alert.PastEvent;
import dev.resentry.storage.alert.PastIssue;
import dev.resentry.storage.event.EventQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells what a rule would have done: it has the rule look at what happened to each issue, as processors would have when it arrived.
 * Issues are as they are now, and so are those whom they are assigned to and the newest release. It does a bounded amount of work, and
 * says if that was not enough.
 */
final class Backtest {
    /** How long it may take. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final int MOST_ISSUES = 10_000;
    private static final int MOST_CHANGES = 10_000;
    private static final int MOST_EVENTS = 200_000;
    private static final int MOST_FIRINGS = 10_000;

    /** More firings a day than these, on the average, are more than people read. */
    private static final int MANY_A_DAY = 10;

    private final AlertPast past;
    private final EventQueries stored;

    Backtest(AlertPast past, EventQueries stored) {
        this.past = past;
        this.stored = stored;
    }

    /** That the rule would have fired. */
    record Firing(Instant at, PastIssue issue, PastEvent event, String reason) {}

    /**
     * What the rule would have done.
     *
     * @param firings the earliest first
     * @param cutOff whether there was more than could be looked at
     * @param isNoisy whether it would have fired more often than people read
     * @param notes what could not be told
     */
    record Result(List<Firing> firings, boolean cutOff, boolean isNoisy, List<String> notes) {}

    Result run(long projectId, AlertRule rule, Instant from, Instant to) {
        var run = new Run(projectId, rule, from, to);
        List<Firing> firings = run.firings();
        long days = Math.max(1, Duration.between(from, to).toDays());
        return new Result(firings, run.cutOff, firings.size() > MANY_A_DAY * days, notes(rule));
    }

    private static List<String> notes(AlertRule rule) {
        List<String> notes = new ArrayList<>();
        if (rule.conditions().stream().anyMatch(Spike.class::isInstance)) {
            notes.add("Spikes are not looked for in the past.");
        }
        if (rule.conditions().stream().anyMatch(CrashFreeBelow.class::isInstance)) {
            notes.add("Crash-free rates are not looked at in the past.");
        }
        return notes;
    }

    /** One back-test; used by one thread. */
    private final class Run {
        private final long projectId;
        private final AlertRule rule;
        private final Instant from;
        private final Instant to;
        private final long endsAt = System.nanoTime() + MOST_TIME.toNanos();
        private final BacktestSubjects subjects;
        private final boolean needsTags;
        private int events = MOST_EVENTS;
        private boolean cutOff;

        Run(long projectId, AlertRule rule, Instant from, Instant to) {
            this.projectId = projectId;
            this.rule = rule;
            this.from = from;
            this.to = to;
            this.subjects = new BacktestSubjects(stored, past, projectId);
            this.needsTags = rule.filters().stream().anyMatch(AlertFilter.Tag.class::isInstance);
        }

        List<Firing> firings() {
            List<PastIssue> issues = past.issues(projectId, from, MOST_ISSUES);
            cutOff = issues.size() == MOST_ISSUES;
            Map<Long, List<PastChange>> changes = changes();
            Optional<Map<Long, Stretch>> reachable = reachable();
            List<Firing> firings = new ArrayList<>();
            for (PastIssue issue : issues) {
                if (System.nanoTime() > endsAt || events <= 0 || firings.size() >= MOST_FIRINGS) {
                    cutOff = true;
                    break;
                }
                Stretch stretch = reachable
                        .map(stretches -> stretches.get(issue.id()))
                        .orElseGet(() -> reachable.isPresent() ? null : new Stretch(from, to));
                List<PastEvent> rows = stretch == null ? List.of() : rows(issue, stretch);
                look(issue, rows, moments(issue, rows, changes.getOrDefault(issue.id(), List.of())), firings);
            }
            cutOff |= subjects.isCutOff();
            firings.sort(Comparator.comparing(Firing::at));
            return firings;
        }

        private void look(PastIssue issue, List<PastEvent> rows, List<Moment> moments, List<Firing> firings) {
            var replay = new IssueReplay(rule);
            var occurrences = new Occurrences(issue, rows);
            for (Moment moment : moments) {
                if (moment.happened().contains(Happening.EVENT)) {
                    occurrences.add();
                }
                boolean isInTime = !moment.at().isBefore(from);
                FiringReason.Words reason = replay.look(
                        moment,
                        isOfEnvironment(moment.event()),
                        asked -> isInTime
                                && RuleFilters.pass(
                                        rule,
                                        subjects.subject(issue, asked.event(), occurrences.at(asked)),
                                        asked.at()));
                if (reason != null) {
                    firings.add(new Firing(moment.at(), issue, moment.event(), reason.text()));
                }
            }
        }

        private boolean isOfEnvironment(PastEvent event) {
            return rule.environment() == null
                    || rule.environment().equals(Objects.requireNonNullElse(event.environment(), ""));
        }

        /** Where a threshold may have been reached; empty if all events have to be looked at. */
        private Optional<Map<Long, Stretch>> reachable() {
            if (rule.conditionMatch() == Match.NONE
                    || rule.conditions().stream()
                            .anyMatch(condition -> condition instanceof EveryEvent || condition instanceof Increase)) {
                return Optional.empty();
            }
            Map<Long, Stretch> all = new HashMap<>();
            for (AlertCondition condition : rule.conditions()) {
                if (condition instanceof Frequency frequency) {
                    past.reachable(projectId, from, to, rule.environment(), frequency.window(), frequency.least())
                            .forEach((issue, stretch) -> all.merge(issue, stretch, Run::both));
                }
            }
            return Optional.of(all);
        }

        private static Stretch both(Stretch one, Stretch other) {
            return new Stretch(
                    one.from().isBefore(other.from()) ? one.from() : other.from(),
                    one.to().isAfter(other.to()) ? one.to() : other.to());
        }

        /** The events of a stretch, and those before it that windows in it begin with. */
        private List<PastEvent> rows(PastIssue issue, Stretch stretch) {
            Instant begin = stretch.from().minus(longestLookBack()).truncatedTo(ChronoUnit.HOURS);
            // Those that happened in the stretch may have arrived later, but not too late for a rule.
            Instant end = stretch.to().plus(Duration.ofHours(1));
            List<PastEvent> rows = past.events(issue.id(), begin, end.isAfter(to) ? to : end, needsTags, events);
            cutOff |= rows.size() == events;
            events -= Math.max(rows.size(), 1);
            return rows;
        }

        private Duration longestLookBack() {
            return rule.conditions().stream()
                    .map(condition -> switch (condition) {
                        case Frequency frequency -> frequency.window();
                        case Increase increase -> increase.window().plus(increase.before());
                        case NewIssue _, Regression _, Unignored _, EveryEvent _, CrashFreeBelow _, Spike _ ->
                            Duration.ZERO;
                    })
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
        }

        private Map<Long, List<PastChange>> changes() {
            Map<Long, List<PastChange>> changes = new HashMap<>();
            if (rule.conditions().stream()
                    .anyMatch(condition -> condition instanceof Regression || condition instanceof Unignored)) {
                List<PastChange> found = past.changes(projectId, from, to, MOST_CHANGES);
                cutOff |= found.size() == MOST_CHANGES;
                found.forEach(change -> changes.computeIfAbsent(change.issueId(), _ -> new ArrayList<>())
                        .add(change));
            }
            return changes;
        }

        private List<Moment> moments(PastIssue issue, List<PastEvent> rows, List<PastChange> changes) {
            Map<EventId, Moment> moments = new HashMap<>();
            rows.forEach(row -> add(moments, row, Happening.EVENT));
            boolean wantsNew = rule.conditions().stream().anyMatch(NewIssue.class::isInstance);
            if (wantsNew && !issue.firstSeen().isBefore(from)) {
                past.first(issue.id(), issue.firstSeen(), to).ifPresent(first -> add(moments, first, Happening.NEW));
            }
            for (PastChange change : changes) {
                past.before(issue.id(), change.at()).ifPresent(event -> add(moments, event, happening(change)));
            }
            return moments.values().stream()
                    .sorted(Comparator.comparing(Moment::at)
                            .thenComparing(moment -> moment.event().id().value()))
                    .toList();
        }

        private static Happening happening(PastChange change) {
            return switch (change.kind()) {
                case REGRESSION -> Happening.REGRESSION;
                case UNIGNORED -> Happening.UNIGNORED;
                case ESCALATING -> Happening.ESCALATING;
            };
        }

        /** An event is one moment, whichever way it was found. */
        private static void add(Map<EventId, Moment> moments, PastEvent event, Happening what) {
            moments.computeIfAbsent(
                            event.id(), _ -> new Moment(event.receivedAt(), event, EnumSet.noneOf(Happening.class)))
                    .happened()
                    .add(what);
        }
    }

    /** How many events an issue had when one of them came. */
    private final class Occurrences {
        private final PastIssue issue;
        private final List<PastEvent> rows;
        private long since;
        private long before = -1;

        Occurrences(PastIssue issue, List<PastEvent> rows) {
            this.issue = issue;
            this.rows = rows;
        }

        void add() {
            since++;
        }

        long at(Moment moment) {
            if (moment.happened().contains(Happening.NEW)) {
                return 1;
            }
            if (rows.isEmpty()) {
                return issue.events();
            }
            if (before < 0) {
                Instant hour = rows.getFirst().occurredAt().truncatedTo(ChronoUnit.HOURS);
                before = Math.max(0, issue.events() - past.countSince(issue.id(), hour));
            }
            return before + since;
        }
    }
}
