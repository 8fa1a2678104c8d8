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
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.processing.alert.FiringReason;
import dev.resentry.processing.alert.RuleAnalysis;
import dev.resentry.processing.alert.RuleFilters;
import dev.resentry.storage.alert.PastEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has a rule look at what happened to one issue, in the order in which it arrived. */
final class IssueReplay {
    private final AlertRule rule;
    private final Map<AlertCondition, WindowCount> now = new HashMap<>();
    private final Map<AlertCondition, WindowCount> before = new HashMap<>();
    private @Nullable Instant lastFiredAt;

    IssueReplay(AlertRule rule) {
        this.rule = rule;
        for (AlertCondition condition : rule.conditions()) {
            switch (condition) {
                case Frequency frequency ->
                    now.put(condition, new WindowCount(frequency.measure(), frequency.window(), Duration.ZERO));
                case Increase increase -> {
                    now.put(condition, new WindowCount(increase.measure(), increase.window(), Duration.ZERO));
                    before.put(condition, new WindowCount(increase.measure(), increase.window(), increase.before()));
                }
                case NewIssue _, Regression _, Unignored _, EveryEvent _, CrashFreeBelow _, Spike _ -> {}
            }
        }
    }

    /** What may make a rule fire. */
    enum Happening {
        EVENT,
        NEW,
        REGRESSION,
        UNIGNORED,
        ESCALATING
    }

    /**
     * A moment at which a rule looks at an issue.
     *
     * @param event that came, or was the last to come
     */
    record Moment(Instant at, PastEvent event, Set<Happening> happened) {}

    /**
     * Why the rule fires at a moment; null if it does not.
     *
     * @param filters whether the filters let the moment through, which is asked last
     */
    FiringReason.@Nullable Words look(Moment moment, boolean counts, Predicate<Moment> filters) {
        if (counts && moment.happened().contains(Happening.EVENT)) {
            now.values().forEach(count -> count.add(moment.event()));
            before.values().forEach(count -> count.add(moment.event()));
        }
        if (isSilent(moment.at()) || isLate(moment)) {
            return null;
        }
        FiringReason.Words reason = reason(moment);
        if (reason == null || !filters.test(moment)) {
            return null;
        }
        lastFiredAt = moment.at();
        return reason;
    }

    private boolean isSilent(Instant at) {
        return lastFiredAt != null && lastFiredAt.plus(rule.interval()).isAfter(at);
    }

    /** Events that are old when they arrive fire nothing. */
    private static boolean isLate(Moment moment) {
        return moment.event().occurredAt().isBefore(moment.event().receivedAt().minus(RuleAnalysis.OLDEST_EVENT));
    }

    private FiringReason.@Nullable Words reason(Moment moment) {
        Predicate<AlertCondition> isTrue = condition -> reason(condition, moment) != null;
        if (!RuleFilters.matches(rule.conditionMatch(), rule.conditions().stream(), isTrue)) {
            return null;
        }
        if (rule.conditionMatch() == Match.NONE) {
            return moment.happened().contains(Happening.EVENT) ? FiringReason.NONE_OF_THEM : null;
        }
        List<FiringReason.Words> reasons = rule.conditions().stream()
                .flatMap(condition -> Stream.ofNullable(reason(condition, moment)))
                .toList();
        return rule.conditionMatch() == Match.ANY
                ? reasons.getFirst()
                : new FiringReason.Words(
                        reasons.stream()
                                .map(FiringReason.Words::text)
                                .distinct()
                                .collect(Collectors.joining(", and ")),
                        null);
    }

    private FiringReason.@Nullable Words reason(AlertCondition condition, Moment moment) {
        Set<Happening> happened = moment.happened();
        return switch (condition) {
            case NewIssue _ -> happened.contains(Happening.NEW) ? FiringReason.NEW_ISSUE : null;
            case Regression _ -> happened.contains(Happening.REGRESSION) ? FiringReason.REGRESSION : null;
            case Unignored _ ->
                happened.contains(Happening.UNIGNORED)
                        ? FiringReason.UNIGNORED
                        : happened.contains(Happening.ESCALATING) ? FiringReason.ESCALATED : null;
            case EveryEvent _ -> happened.contains(Happening.EVENT) ? FiringReason.EVERY_EVENT : null;
            case Frequency frequency -> {
                long count = count(now, condition, moment.at());
                yield count >= frequency.least() ? FiringReason.of(frequency, count) : null;
            }
            case Increase increase -> {
                long recent = count(now, condition, moment.at());
                long former = count(before, condition, moment.at());
                yield FiringReason.isIncrease(increase, recent, former)
                        ? FiringReason.of(increase, recent, former)
                        : null;
            }
            case CrashFreeBelow _, Spike _ -> null;
        };
    }

    private static long count(Map<AlertCondition, WindowCount> counts, AlertCondition condition, Instant at) {
        WindowCount count = counts.get(condition);
        return count == null ? 0 : count.at(at);
    }
}
