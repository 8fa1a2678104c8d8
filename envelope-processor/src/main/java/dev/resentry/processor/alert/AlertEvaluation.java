package dev.resentry.processor.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.EventId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity.Kind;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.processing.alert.FiringReason.Words;
import dev.resentry.processing.alert.RuleAnalysis;
import dev.resentry.processing.alert.RuleFilters;
import dev.resentry.processor.alert.AlertTrigger.FoundSpike;
import dev.resentry.storage.alert.StoredAlertRules.Rule;
import dev.resentry.storage.database.DatabaseOutage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;

/**
 * Has rules fire for what topic {@code events} tells. What records make possible is noted while they are read, and decided once behind
 * all that were read together, so that a flood of events of an issue asks the database once. Nothing of that is remembered past the
 * decision: offsets move behind it.
 */
public final class AlertEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(AlertEvaluation.class);

    private static final int STATES = 10_000;

    private final AlertRules rules;
    private final AlertConditions conditions;
    private final FrequencyBounds bounds;
    private final Silences silences;
    private final AlertSubjects subjects;
    private final AlertFiring firing;
    private final AlertMetrics metrics;
    private final InstantSource clock;

    /** What events made of their issues, for rules that want none of it. */
    private final RecentKeys<EventId, Kind> states = new RecentKeys<>(STATES);

    private final Map<Key, Candidate> candidates = new LinkedHashMap<>();
    private String knownRules = "";

    private record Key(long ruleId, long issueId, @Nullable Kind state) {}

    private record Candidate(Rule rule, AlertTrigger trigger) {}

    AlertEvaluation(
            AlertRules rules,
            AlertConditions conditions,
            FrequencyBounds bounds,
            Silences silences,
            AlertSubjects subjects,
            AlertFiring firing,
            AlertMetrics metrics,
            InstantSource clock) {
        this.rules = rules;
        this.conditions = conditions;
        this.bounds = bounds;
        this.silences = silences;
        this.subjects = subjects;
        this.firing = firing;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Whether a rule of a project can come true by an event; the stored items of other projects need not be read. */
    boolean looksAtEvents(long projectId) {
        followRules();
        return rules.of(projectId).stream().anyMatch(rule -> AlertConditions.looksAtEvents(rule.rule()));
    }

    /** Events of projects that no rule looks at are not seen, so that nothing known of a window outlives a change of the rules. */
    private void followRules() {
        String version = rules.version();
        if (!version.equals(knownRules)) {
            knownRules = version;
            silences.forget();
            bounds.forget();
        }
    }

    /** Notes what a record makes possible. */
    void read(ProcessedRecord record) {
        followRules();
        switch (record) {
            case ItemStored item -> {
                if (item.event() != null) {
                    // Whatever it is: it may be in a window.
                    bounds.seen(item.event().issueId());
                    event(item, item.event());
                }
            }
            case IssueActivity activity -> changed(activity);
            case ReleaseActivity _, AlertFired _, DataChange _ -> {}
        }
    }

    private void event(ItemStored item, EventSummary event) {
        Instant now = clock.instant();
        long project = item.origin().projectId().value();
        List<Rule> ofProject = rules.of(project);
        if (ofProject.isEmpty() || item.origin().cause() != Cause.LIVE || isTooOld(event.occurredAt(), now)) {
            return;
        }
        metrics.read(Duration.between(item.origin().at(), now));
        var trigger = new AlertTrigger(
                project,
                event.issueId(),
                item.origin().id(),
                item.origin().at(),
                item.eventId(),
                null,
                null,
                subjects.of(project, event.issueId(), event, item.eventId()));
        for (Rule rule : ofProject) {
            if (conditions.canHoldByEvent(rule.rule(), event.issueId(), now)) {
                consider(rule, trigger, now);
            }
        }
    }

    private void changed(IssueActivity activity) {
        Instant now = clock.instant();
        boolean tells = switch (activity.kind()) {
            case NEW, REGRESSED, UNIGNORED, ESCALATED -> true;
            case CHANGED, ASSIGNED, COMMENTED, DELETED -> false;
        };
        if (!tells
                || activity.origin().cause() != Cause.LIVE
                || isTooOld(activity.origin().at(), now)) {
            return;
        }
        long project = activity.origin().projectId().value();
        if (activity.eventId() != null) {
            states.put(activity.eventId(), activity.kind());
        }
        var trigger = new AlertTrigger(
                project,
                activity.issueId(),
                activity.origin().id(),
                activity.origin().at(),
                activity.eventId(),
                activity.kind(),
                null,
                subjects.of(project, activity.issueId(), null, activity.eventId()));
        for (Rule rule : rules.of(project)) {
            if (AlertConditions.isAbout(rule.rule(), activity.kind())) {
                consider(rule, trigger, now);
            }
        }
    }

    private static boolean isTooOld(Instant at, Instant now) {
        return at.isBefore(now.minus(RuleAnalysis.OLDEST_EVENT));
    }

    private void consider(Rule rule, AlertTrigger trigger, Instant now) {
        if (silences.covers(rule, trigger.issueId(), trigger.at())) {
            return;
        }
        var key = new Key(rule.id(), trigger.issueId(), trigger.state());
        boolean isLastWanted = rule.rule().conditions().stream().anyMatch(Frequency.class::isInstance);
        if (isLastWanted || !candidates.containsKey(key)) {
            guarded(rule, trigger.issueId(), () -> {
                if (passes(rule.rule(), trigger, now)) {
                    // A count is told with the last event, anything else with the first, which is the same when records
                    // come again.
                    candidates.put(key, new Candidate(rule, trigger));
                }
            });
        }
    }

    private static boolean passes(AlertRule rule, AlertTrigger trigger, Instant now) {
        if (trigger.subject() == null) {
            // The project has no event that filters could look at.
            return rule.filters().isEmpty() || rule.filterMatch() == Match.NONE;
        }
        try {
            return RuleFilters.pass(rule, trigger.subject(), now)
                    && (trigger.recordId() == null
                            || trigger.eventId() == null
                            || !isTooOld(trigger.subject().summary().occurredAt(), now));
        } catch (NoSuchElementException _) {
            // The issue or the event was removed meanwhile.
            return false;
        }
    }

    /** Decides what was noted. */
    void decide() {
        if (candidates.isEmpty()) {
            return;
        }
        long begin = System.nanoTime();
        try {
            for (Candidate candidate : candidates.values()) {
                decide(candidate);
            }
        } finally {
            candidates.clear();
            metrics.evaluated(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** What cannot be decided of a rule, and would not be the next time, does not keep the others from it. */
    static void guarded(Rule rule, long issueId, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            if (DatabaseOutage.isBehind(e) || e instanceof TransientDataAccessException) {
                throw e;
            }
            LOG.atError()
                    .addKeyValue("projectId", rule.projectId())
                    .addKeyValue("ruleId", rule.id())
                    .addKeyValue("issueId", issueId)
                    .setCause(e)
                    .log("It cannot be decided whether an alert rule fires; it does not");
        }
    }

    private void decide(Candidate candidate) {
        Rule rule = candidate.rule();
        AlertTrigger trigger = candidate.trigger();
        Instant now = clock.instant();
        if (silences.covers(rule, trigger.issueId(), trigger.at()) || isWhatNoneIsToBe(rule.rule(), trigger)) {
            return;
        }
        guarded(
                rule,
                trigger.issueId(),
                () -> conditions
                        .reason(rule.rule(), trigger, now)
                        .ifPresent(reason -> firing.fire(rule, trigger, reason, now)));
    }

    /** Whether an event made of its issue what a rule wants not to be. */
    private boolean isWhatNoneIsToBe(AlertRule rule, AlertTrigger trigger) {
        if (rule.conditionMatch() != Match.NONE || trigger.eventId() == null) {
            return false;
        }
        Kind state = states.get(trigger.eventId());
        return state != null
                && rule.conditions().stream().anyMatch(condition -> AlertConditions.isState(condition, state));
    }

    /** Forgets what other processes may know better now. */
    void forget() {
        bounds.forget();
        silences.forget();
        candidates.clear();
    }

    /**
     * Has the rules fire that are about spikes, each once for a spike.
     *
     * @param id of the spike
     * @param issueId 0 for a spike of the whole project
     * @param words what was found
     */
    void spike(long id, long projectId, long issueId, Words words, Instant now) {
        Extent of = issueId == 0 ? Extent.PROJECT : Extent.ISSUE;
        var trigger = new AlertTrigger(
                projectId,
                issueId,
                UUID.nameUUIDFromBytes("spike/%d".formatted(id).getBytes(UTF_8)),
                now,
                null,
                null,
                new FoundSpike(of, words),
                issueId == 0 ? null : subjects.of(projectId, issueId, null, null));
        for (Rule rule : rules.of(projectId)) {
            boolean isAbout = rule.rule().conditions().stream()
                    .anyMatch(condition -> condition instanceof Spike(Extent wanted) && wanted == of);
            if (isAbout) {
                decideAtOnce(rule, trigger, now);
            }
        }
    }

    /** For what was found by looking. */
    void decideAtOnce(Rule rule, AlertTrigger trigger, Instant now) {
        guarded(rule, trigger.issueId(), () -> {
            if (!silences.covers(rule, trigger.issueId(), trigger.at()) && passes(rule.rule(), trigger, now)) {
                conditions
                        .reason(rule.rule(), trigger, now)
                        .ifPresent(reason -> firing.fire(rule, trigger, reason, now));
            }
        });
    }

    /** A trigger for what is found of an issue by looking, or of the project. */
    AlertTrigger found(long projectId, long issueId, Instant now) {
        return new AlertTrigger(
                projectId,
                issueId,
                null,
                now,
                null,
                null,
                null,
                issueId == 0 ? null : subjects.of(projectId, issueId, null, null));
    }
}
