package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.processing.alert.FiringReason;
import dev.resentry.service.work.BackgroundWork;
import dev.resentry.service.work.Backoff;
import dev.resentry.service.work.RetryingWorker;
import dev.resentry.storage.alert.AlertStorms;
import dev.resentry.storage.alert.AlertTurn;
import dev.resentry.storage.alert.IssueFrequency;
import dev.resentry.storage.alert.StoredAlertRules.Rule;
import dev.resentry.storage.spike.Spike;
import dev.resentry.storage.spike.SpikeQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks each minute, in one process at a time, for what no single event tells: increases, rates, spikes, and the ends of storms. */
final class AlertTick extends BackgroundWork {
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    /** Longer than the turn, so that none is missed while processes come and go; who looked before knows them. */
    private static final Duration SPIKES_SINCE = Duration.ofMinutes(15);

    /** Of a project, those with most events; and of these so many, where users are counted for each. */
    private static final int ISSUES = 1_000;

    private static final int ISSUES_BY_USERS = 200;

    private final AlertRules rules;
    private final AlertEvaluation evaluation;
    private final IssueFrequency frequency;
    private final AlertStorms storms;
    private final SpikeQueries spikes;
    private final AlertTurn turn;
    private final InstantSource clock;

    AlertTick(
            AlertRules rules,
            AlertEvaluation evaluation,
            IssueFrequency frequency,
            AlertStorms storms,
            SpikeQueries spikes,
            AlertTurn turn,
            InstantSource clock) {
        super(STOP_WITHIN);
        this.rules = rules;
        this.evaluation = evaluation;
        this.frequency = frequency;
        this.storms = storms;
        this.spikes = spikes;
        this.turn = turn;
        this.clock = clock;
    }

    @Override
    protected RetryingWorker newWorker() {
        return new RetryingWorker(
                "alert-tick", "Increases and rates are not looked at", EVERY, Backoff.fixed(EVERY), () -> {
                    if (turn.isDue()) {
                        look();
                    }
                });
    }

    void look() {
        Instant now = clock.instant();
        storms.tellEnded(now);
        for (Spike spike : spikes.startedSince(now.minus(SPIKES_SINCE))) {
            long issue = spike.issueId() == null ? 0 : spike.issueId();
            evaluation.spike(
                    spike.id(),
                    spike.projectId(),
                    issue,
                    FiringReason.ofSpike(
                            issue == 0 ? Extent.PROJECT : Extent.ISSUE, spike.peak(), spike.usual(), cause(spike)),
                    now);
        }
        for (Map.Entry<Long, List<Rule>> project : rules.all().entrySet()) {
            for (Rule rule : project.getValue()) {
                AlertEvaluation.guarded(rule, 0, () -> look(project.getKey(), rule, now));
            }
        }
    }

    private static @Nullable String cause(Spike spike) {
        return spike.issueCause() == null ? null : spike.issueCause().title();
    }

    private void look(long project, Rule rule, Instant now) {
        AlertRule asked = rule.rule();
        boolean isLookedAt = asked.conditionMatch() == Match.ANY
                ? asked.conditions().stream().anyMatch(AlertConditions::isOfRates)
                : asked.conditionMatch() == Match.ALL
                        && asked.conditions().stream()
                                .allMatch(condition ->
                                        AlertConditions.isOfRates(condition) || condition instanceof Frequency);
        if (!isLookedAt) {
            return;
        }
        List<AlertCondition> conditions = asked.conditions();
        boolean isOfProject = asked.conditionMatch() == Match.ANY
                ? conditions.stream().anyMatch(CrashFreeBelow.class::isInstance)
                : conditions.stream().allMatch(CrashFreeBelow.class::isInstance);
        if (isOfProject) {
            evaluation.decideAtOnce(rule, evaluation.found(project, 0, now), now);
        }
        for (long issue : increased(project, asked, now)) {
            evaluation.decideAtOnce(rule, evaluation.found(project, issue, now), now);
        }
    }

    /** The issues of which one of the increases may be true. */
    private Collection<Long> increased(long project, AlertRule rule, Instant now) {
        Set<Long> issues = new LinkedHashSet<>();
        for (AlertCondition condition : rule.conditions()) {
            if (condition instanceof Increase increase) {
                issues.addAll(increased(project, rule, increase, now));
            }
        }
        return issues;
    }

    private Collection<Long> increased(long project, AlertRule rule, Increase increase, Instant now) {
        Instant from = now.minus(increase.window());
        int most = increase.measure() == Measure.EVENTS ? ISSUES : ISSUES_BY_USERS;
        Map<Long, Long> events = frequency.ofProject(project, rule.environment(), from, null, most);
        if (increase.measure() == Measure.USERS || events.isEmpty()) {
            return events.keySet();
        }
        Map<Long, Long> before = frequency.ofProject(
                project, rule.environment(), from.minus(increase.before()), now.minus(increase.before()), 100 * ISSUES);
        return events.entrySet().stream()
                .filter(issue ->
                        FiringReason.isIncrease(increase, issue.getValue(), before.getOrDefault(issue.getKey(), 0L)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
