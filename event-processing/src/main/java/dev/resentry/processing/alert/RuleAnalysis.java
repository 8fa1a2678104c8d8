package dev.resentry.processing.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Regression;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertCondition.Unignored;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertFilter.Age;
import dev.resentry.model.alert.AlertFilter.Occurrences;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells what is wrong with a rule that can be written down and is of no use. It knows no data of the project; what it does not see
 * may still never happen.
 *
 * @param never why the rule can never fire, in sentences; empty if it can
 * @param doubts why it may do something else than what is meant
 */
public record RuleAnalysis(List<String> never, List<String> doubts) {
    /** Older events fire nothing. */
    public static final Duration OLDEST_EVENT = Duration.ofHours(1);

    /** More than any installation takes. */
    private static final long MOST_EVENTS_PER_SECOND = 100_000;

    public RuleAnalysis {
        never = List.copyOf(never);
        doubts = List.copyOf(doubts);
    }

    public static RuleAnalysis of(AlertRule rule) {
        return new RuleAnalysis(never(rule), doubts(rule));
    }

    public boolean canFire() {
        return never.isEmpty();
    }

    private static List<String> never(AlertRule rule) {
        List<String> reasons = new ArrayList<>(
                switch (rule.conditionMatch()) {
                    case ALL -> neverAll(rule.conditions());
                    case ANY -> neverAny(rule.conditions());
                    case NONE -> neverNone(rule.conditions());
                });
        if (rule.conditions().stream().noneMatch(AlertCondition::concernsIssue)
                && rule.conditionMatch() != Match.NONE
                && !rule.filters().isEmpty()
                && rule.filterMatch() != Match.NONE) {
            reasons.add("The conditions are about the whole project, which has no event that filters could look at.");
        }
        reasons.addAll(FilterContradictions.of(rule));
        if (firesForNewIssuesOnly(rule) && rule.filterMatch() == Match.ALL) {
            oldest(rule.filters())
                    .filter(than -> than.compareTo(OLDEST_EVENT) >= 0)
                    .ifPresent(than ->
                            reasons.add("A new issue is not older than %s; events that are over %s old fire nothing."
                                    .formatted(RuleSentence.words(than), RuleSentence.words(OLDEST_EVENT))));
        }
        return reasons;
    }

    private static List<String> neverAll(List<AlertCondition> conditions) {
        List<String> reasons = new ArrayList<>();
        conditions.forEach(condition -> impossible(condition).ifPresent(reasons::add));
        List<String> states = conditions.stream()
                .filter(condition -> condition instanceof NewIssue
                        || condition instanceof Regression
                        || condition instanceof Unignored)
                .distinct()
                .map(RuleSentence::of)
                .toList();
        if (states.size() > 1) {
            reasons.add("No event does all of this: %s.".formatted(String.join(", ", states)));
        }
        if (has(conditions, NewIssue.class) && has(conditions, Increase.class)) {
            reasons.add("A new issue has no earlier events, and without any there is no increase.");
        }
        return reasons;
    }

    private static List<String> neverAny(List<AlertCondition> conditions) {
        List<String> reasons = conditions.stream()
                .flatMap(condition -> impossible(condition).stream())
                .toList();
        return reasons.size() == conditions.size() ? reasons : List.of();
    }

    private static List<String> neverNone(List<AlertCondition> conditions) {
        return conditions.stream()
                .filter(RuleAnalysis::isTrueOfEveryEvent)
                .map(condition -> "It is true of every event that %s.".formatted(RuleSentence.of(condition)))
                .toList();
    }

    private static boolean isTrueOfEveryEvent(AlertCondition condition) {
        return switch (condition) {
            case EveryEvent _ -> true;
            case Frequency frequency -> frequency.least() <= 1 && frequency.measure() == Measure.EVENTS;
            case NewIssue _, Regression _, Unignored _, Increase _, CrashFreeBelow _, Spike _ -> false;
        };
    }

    private static Optional<String> impossible(AlertCondition condition) {
        return switch (condition) {
            case Frequency frequency
            when frequency.least() > frequency.window().toSeconds() * MOST_EVENTS_PER_SECOND ->
                Optional.of("%s cannot hold %s."
                        .formatted(
                                capitalised(RuleSentence.words(frequency.window())),
                                RuleSentence.threshold(frequency)));
            case CrashFreeBelow rate when rate.percent() <= 0 -> Optional.of("No rate is below 0 %.");
            case NewIssue _,
                    Regression _,
                    Unignored _,
                    EveryEvent _,
                    Frequency _,
                    Increase _,
                    CrashFreeBelow _,
                    Spike _ -> Optional.empty();
        };
    }

    private static List<String> doubts(AlertRule rule) {
        List<String> doubts = new ArrayList<>();
        for (AlertCondition condition : rule.conditions()) {
            if (condition instanceof Increase increase && increase.window().compareTo(increase.before()) > 0) {
                doubts.add("The times that are compared overlap: %s is longer than the %s between them."
                        .formatted(RuleSentence.words(increase.window()), RuleSentence.words(increase.before())));
            }
        }
        if (firesForNewIssuesOnly(rule)) {
            boolean wantsMore = frequencies(rule.conditions()).anyMatch(frequency -> frequency.least() > 1)
                    || (rule.filterMatch() == Match.ALL && occurrences(rule.filters()) > 1);
            if (wantsMore) {
                doubts.add("An issue is new with its first event, and seldom has more by then.");
            }
            if (rule.filterMatch() == Match.ALL) {
                oldest(rule.filters())
                        .filter(than -> than.compareTo(OLDEST_EVENT) < 0)
                        .ifPresent(than -> doubts.add("A new issue is older than %s only if its first event came late."
                                .formatted(RuleSentence.words(than))));
            }
        }
        if (rule.conditionMatch() == Match.NONE && rule.filters().isEmpty()) {
            doubts.add("It fires for nearly every event.");
        }
        return doubts;
    }

    private static boolean firesForNewIssuesOnly(AlertRule rule) {
        return switch (rule.conditionMatch()) {
            case ALL -> has(rule.conditions(), NewIssue.class);
            case ANY -> rule.conditions().stream().allMatch(NewIssue.class::isInstance);
            case NONE -> false;
        };
    }

    private static Stream<Frequency> frequencies(List<AlertCondition> conditions) {
        return conditions.stream().filter(Frequency.class::isInstance).map(Frequency.class::cast);
    }

    private static Optional<Duration> oldest(List<AlertFilter> filters) {
        return filters.stream()
                .flatMap(filter ->
                        filter instanceof Age(boolean older, Duration than) && older ? Stream.of(than) : Stream.empty())
                .max(Duration::compareTo);
    }

    private static long occurrences(List<AlertFilter> filters) {
        return filters.stream()
                .mapToLong(filter -> filter instanceof Occurrences(long atLeast) ? atLeast : 0)
                .max()
                .orElse(0);
    }

    private static boolean has(List<AlertCondition> conditions, Class<? extends AlertCondition> kind) {
        return conditions.stream().anyMatch(kind::isInstance);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
