package dev.resentry.processing.alert;

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
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertFilter.Age;
import dev.resentry.model.alert.AlertFilter.Assigned;
import dev.resentry.model.alert.AlertFilter.Assignee;
import dev.resentry.model.alert.AlertFilter.Attribute;
import dev.resentry.model.alert.AlertFilter.LatestRelease;
import dev.resentry.model.alert.AlertFilter.Occurrences;
import dev.resentry.model.alert.AlertFilter.OfLevel;
import dev.resentry.model.alert.AlertFilter.OfRelease;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertFilter.Tag;
import dev.resentry.model.alert.AlertFilter.TextTest;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules in English, as people read them before they save one and beside what it did. */
public final class RuleSentence {
    private RuleSentence() {}

    /** The whole rule as one sentence. */
    public static String of(AlertRule rule) {
        var sentence = new StringBuilder("When ");
        List<String> conditions =
                rule.conditions().stream().map(RuleSentence::of).toList();
        sentence.append(
                switch (rule.conditionMatch()) {
                    case ALL -> String.join(" and ", conditions);
                    case ANY -> String.join(" or ", conditions);
                    case NONE -> "an event comes and it is not true that " + String.join(" or that ", conditions);
                });
        if (rule.environment() != null) {
            sentence.append(
                    rule.environment().isEmpty()
                            ? ", without an environment"
                            : ", in environment %s".formatted(quoted(rule.environment())));
        }
        if (!rule.filters().isEmpty()) {
            List<String> filters = rule.filters().stream().map(RuleSentence::of).toList();
            sentence.append(
                    switch (rule.filterMatch()) {
                        case ALL -> ", if " + String.join(" and ", filters);
                        case ANY -> ", if " + String.join(" or ", filters);
                        case NONE -> ", unless " + String.join(" or ", filters);
                    });
        }
        String whose = rule.conditions().stream().noneMatch(AlertCondition::concernsIssue) ? "" : " for the same issue";
        return sentence.append(": tell it, at most once in %s%s.".formatted(words(rule.interval()), whose))
                .toString();
    }

    /** One condition, to stand behind "when". */
    public static String of(AlertCondition condition) {
        return switch (condition) {
            case NewIssue _ -> "an issue is new";
            case Regression _ -> "a resolved issue happens again";
            case Unignored _ -> "an ignored issue comes back";
            case EveryEvent _ -> "an event comes";
            case Frequency frequency ->
                "an issue has %s in %s".formatted(threshold(frequency), words(frequency.window()));
            case Increase(Measure measure, int percent, Duration window, Duration before) ->
                "an issue has over %d %% more %s in %s than in the same time %s before"
                        .formatted(percent, word(measure), words(window), words(before));
            case CrashFreeBelow(Rate rate, double percent, Duration window, long minimum) ->
                "less than %s %% of at least %d %s in %s are free of crashes"
                        .formatted(number(percent), minimum, word(rate), words(window));
            case Spike(Extent of) ->
                of == Extent.ISSUE ? "an issue has a spike of events" : "the project has a spike of events";
        };
    }

    /** One filter, to stand behind "if". */
    public static String of(AlertFilter filter) {
        return switch (filter) {
            case OfLevel(Order order, Level level) ->
                switch (order) {
                    case EQUAL -> "the level is " + level.wireName();
                    case AT_LEAST -> "the level is at least " + level.wireName();
                    case AT_MOST -> "the level is at most " + level.wireName();
                };
            case OfRelease(TextTest test) -> "the release " + words(test);
            case LatestRelease _ -> "the release is the latest";
            case Tag(String key, TextTest test) -> "tag %s %s".formatted(quoted(key), words(test));
            case Attribute(String name, TextTest test) -> name + " " + words(test);
            case Age(boolean older, Duration than) ->
                "the issue is %s than %s".formatted(older ? "older" : "newer", words(than));
            case Occurrences(long atLeast) ->
                "the issue has happened at least %d %s".formatted(atLeast, atLeast == 1 ? "time" : "times");
            case Assigned(Assignee to, @Nullable Long id) ->
                switch (to) {
                    case NOBODY -> "the issue is assigned to nobody";
                    case ANYBODY -> "the issue is assigned to somebody";
                    case USER -> "the issue is assigned to user %d".formatted(id);
                    case TEAM -> "the issue is assigned to a member of team %d".formatted(id);
                };
        };
    }

    private static String words(TextTest test) {
        return switch (test.operator()) {
            case EQUALS -> "is " + value(test);
            case NOT_EQUALS -> "is not " + value(test);
            case STARTS_WITH -> "starts with " + value(test);
            case NOT_STARTS_WITH -> "does not start with " + value(test);
            case ENDS_WITH -> "ends with " + value(test);
            case NOT_ENDS_WITH -> "does not end with " + value(test);
            case CONTAINS -> "contains " + value(test);
            case NOT_CONTAINS -> "does not contain " + value(test);
            case SET -> "is set";
            case NOT_SET -> "is not set";
            case IN -> "is one of " + value(test);
            case NOT_IN -> "is none of " + value(test);
        };
    }

    private static String value(TextTest test) {
        return test.values().stream().map(RuleSentence::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return "\"%s\"".formatted(text);
    }

    static String threshold(Frequency frequency) {
        return "%s %d %s"
                .formatted(
                        frequency.reaches() ? "at least" : "more than",
                        frequency.threshold(),
                        word(frequency.measure()));
    }

    static String word(Measure measure) {
        return switch (measure) {
            case EVENTS -> "events";
            case USERS -> "users";
        };
    }

    static String word(Rate rate) {
        return switch (rate) {
            case SESSIONS -> "sessions";
            case USERS -> "users";
        };
    }

    /** Without a fraction where there is none. */
    static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** A duration of whole minutes in its largest whole unit. */
    static String words(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes % (24 * 60) == 0) {
            return counted(minutes / (24 * 60), "day");
        }
        return minutes % 60 == 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute");
    }

    private static String counted(long count, String unit) {
        return count == 1 ? "1 " + unit : "%d %ss".formatted(count, unit);
    }
}
