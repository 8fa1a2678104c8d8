package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Rate;
import dev.resentry.model.alert.AlertCondition.Regression;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertCondition.Unignored;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity.Kind;
import dev.resentry.processing.alert.FiringReason;
import dev.resentry.processing.alert.FiringReason.Words;
import dev.resentry.processor.alert.AlertTrigger.FoundSpike;
import dev.resentry.storage.alert.IssueFrequency;
import dev.resentry.storage.session.CrashFreeRates;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the conditions of rules are true, and why. */
final class AlertConditions {
    private final FrequencyBounds bounds;
    private final IssueFrequency frequency;
    private final CrashFreeRates rates;

    AlertConditions(FrequencyBounds bounds, IssueFrequency frequency, CrashFreeRates rates) {
        this.bounds = bounds;
        this.frequency = frequency;
        this.rates = rates;
    }

    /**
     * A condition that is true.
     *
     * @param condition the first of several; null where none is to be true
     */
    record Reason(@Nullable AlertCondition condition, Words words) {}

    /** Whether a rule can come true by an event; false is certain, and takes no query. */
    boolean canHoldByEvent(AlertRule rule, long issueId, Instant now) {
        return switch (rule.conditionMatch()) {
            case NONE -> true;
            case ANY -> rule.conditions().stream().anyMatch(condition -> canHoldByEvent(rule, condition, issueId, now));
            case ALL ->
                rule.conditions().stream().anyMatch(AlertConditions::isOfEvents)
                        && rule.conditions().stream()
                                .allMatch(condition ->
                                        isOfRates(condition) || canHoldByEvent(rule, condition, issueId, now));
        };
    }

    /** Whether a rule can come true by an event at all. */
    static boolean looksAtEvents(AlertRule rule) {
        return rule.conditionMatch() == Match.NONE || rule.conditions().stream().anyMatch(AlertConditions::isOfEvents);
    }

    private boolean canHoldByEvent(AlertRule rule, AlertCondition condition, long issueId, Instant now) {
        return switch (condition) {
            case EveryEvent _ -> true;
            case Frequency of -> bounds.mayHold(of, issueId, rule.environment(), now);
            case NewIssue _, Regression _, Unignored _, Increase _, CrashFreeBelow _, Spike _ -> false;
        };
    }

    static boolean isOfEvents(AlertCondition condition) {
        return condition instanceof EveryEvent || condition instanceof Frequency;
    }

    /** Whether it is looked at from time to time. */
    static boolean isOfRates(AlertCondition condition) {
        return condition instanceof Increase || condition instanceof CrashFreeBelow;
    }

    /** Whether a change of an issue is what one of the conditions of a rule is about. */
    static boolean isAbout(AlertRule rule, Kind state) {
        return rule.conditionMatch() != Match.NONE
                && rule.conditions().stream().anyMatch(condition -> isState(condition, state));
    }

    static boolean isState(AlertCondition condition, @Nullable Kind state) {
        return switch (condition) {
            case NewIssue _ -> state == Kind.NEW;
            case Regression _ -> state == Kind.REGRESSED;
            case Unignored _ -> state == Kind.UNIGNORED || state == Kind.ESCALATED;
            case EveryEvent _, Frequency _, Increase _, CrashFreeBelow _, Spike _ -> false;
        };
    }

    /** Why a rule is true. */
    Optional<Reason> reason(AlertRule rule, AlertTrigger trigger, Instant now) {
        return switch (rule.conditionMatch()) {
            case ANY -> any(rule, trigger, now);
            case ALL -> all(rule, trigger, now);
            case NONE ->
                trigger.isEvent() && isNone(rule, trigger, now)
                        ? Optional.of(new Reason(null, FiringReason.NONE_OF_THEM))
                        : Optional.empty();
        };
    }

    /** What is looked at from time to time is not looked at for each event too, nor an event for each change. */
    private Optional<Reason> any(AlertRule rule, AlertTrigger trigger, Instant now) {
        for (AlertCondition condition : rule.conditions()) {
            if (condition instanceof CrashFreeBelow && trigger.issueId() != 0) {
                // It is true of the project, and told once for it.
                continue;
            }
            Optional<Words> words = trigger.isEvent() == isOfEvents(condition)
                    ? words(rule, condition, trigger, now)
                    : Optional.empty();
            if (words.isPresent()) {
                return Optional.of(new Reason(condition, words.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Reason> all(AlertRule rule, AlertTrigger trigger, Instant now) {
        Set<String> texts = new LinkedHashSet<>();
        Double observed = null;
        for (AlertCondition condition : rule.conditions()) {
            Optional<Words> words = words(rule, condition, trigger, now);
            if (words.isEmpty()) {
                return Optional.empty();
            }
            texts.add(words.get().text());
            observed = observed == null ? words.get().observed() : observed;
        }
        return Optional.of(new Reason(rule.conditions().getFirst(), new Words(String.join(", and ", texts), observed)));
    }

    private boolean isNone(AlertRule rule, AlertTrigger trigger, Instant now) {
        return rule.conditions().stream()
                .noneMatch(condition -> words(rule, condition, trigger, now).isPresent());
    }

    private Optional<Words> words(AlertRule rule, AlertCondition condition, AlertTrigger trigger, Instant now) {
        return switch (condition) {
            case NewIssue _ -> trigger.state() == Kind.NEW ? Optional.of(FiringReason.NEW_ISSUE) : Optional.empty();
            case Regression _ ->
                trigger.state() == Kind.REGRESSED ? Optional.of(FiringReason.REGRESSION) : Optional.empty();
            case Unignored _ ->
                trigger.state() == Kind.UNIGNORED
                        ? Optional.of(FiringReason.UNIGNORED)
                        : trigger.state() == Kind.ESCALATED ? Optional.of(FiringReason.ESCALATED) : Optional.empty();
            case EveryEvent _ ->
                trigger.recordId() != null && trigger.eventId() != null
                        ? Optional.of(FiringReason.EVERY_EVENT)
                        : Optional.empty();
            case Frequency of -> trigger.issueId() == 0 ? Optional.empty() : frequency(rule, of, trigger, now);
            case Increase of -> trigger.issueId() == 0 ? Optional.empty() : increase(rule, of, trigger.issueId(), now);
            case CrashFreeBelow of -> crashFree(rule, of, trigger.projectId(), now);
            case Spike(Extent of) -> spike(of, trigger.spike());
        };
    }

    private Optional<Words> frequency(AlertRule rule, Frequency of, AlertTrigger trigger, Instant now) {
        if (!bounds.mayHold(of, trigger.issueId(), rule.environment(), now)) {
            return Optional.empty();
        }
        long count = bounds.count(of, trigger.issueId(), rule.environment(), now);
        return count >= of.least() ? Optional.of(FiringReason.of(of, count)) : Optional.empty();
    }

    private Optional<Words> increase(AlertRule rule, Increase of, long issueId, Instant now) {
        Instant from = now.minus(of.window());
        Instant fromBefore = from.minus(of.before());
        Instant toBefore = now.minus(of.before());
        long count;
        long before;
        if (of.measure() == Measure.EVENTS) {
            count = frequency.events(issueId, rule.environment(), from, null);
            before = frequency.events(issueId, rule.environment(), fromBefore, toBefore);
        } else {
            count = frequency.users(issueId, rule.environment(), from, null);
            before = frequency.users(issueId, rule.environment(), fromBefore, toBefore);
        }
        return FiringReason.isIncrease(of, count, before)
                ? Optional.of(FiringReason.of(of, count, before))
                : Optional.empty();
    }

    private Optional<Words> crashFree(AlertRule rule, CrashFreeBelow of, long projectId, Instant now) {
        return (of.rate() == Rate.SESSIONS
                        ? rates.ofSessions(projectId, rule.environment(), now, of.window())
                        : rates.ofUsers(projectId, rule.environment(), now, of.window()))
                .filter(rate -> rate.of() >= of.minimum() && rate.percent() < of.percent())
                .map(rate -> FiringReason.of(of, rate.percent(), rate.of()));
    }

    private static Optional<Words> spike(Extent of, @Nullable FoundSpike found) {
        return found != null && found.of() == of ? Optional.of(found.words()) : Optional.empty();
    }
}
