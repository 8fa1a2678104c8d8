package dev.resentry.processing.alert;

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
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the filters of a rule, and its environment, let an issue and its event through. */
public final class RuleFilters {
    private static final String LATEST = "latest";

    private RuleFilters() {}

    /**
     * What needs no query is looked at first.
     *
     * @param now by which the age of issues is told
     */
    public static boolean pass(AlertRule rule, AlertSubject subject, Instant now) {
        return isOfEnvironment(rule, subject) && filtersPass(rule, subject, now);
    }

    private static boolean isOfEnvironment(AlertRule rule, AlertSubject subject) {
        return rule.environment() == null
                || rule.environment()
                        .equals(Objects.requireNonNullElse(subject.summary().environment(), ""));
    }

    private static boolean filtersPass(AlertRule rule, AlertSubject subject, Instant now) {
        if (rule.filters().isEmpty()) {
            return true;
        }
        Stream<AlertFilter> cheapFirst = rule.filters().stream().sorted(Comparator.comparingInt(RuleFilters::cost));
        return matches(rule.filterMatch(), cheapFirst, filter -> passes(filter, subject, now));
    }

    /** Whether as many of some things are true as a match wants; asks of no more than it has to. */
    public static <T> boolean matches(Match match, Stream<T> things, Predicate<T> isTrue) {
        return switch (match) {
            case ALL -> things.allMatch(isTrue);
            case ANY -> things.anyMatch(isTrue);
            case NONE -> things.noneMatch(isTrue);
        };
    }

    private static int cost(AlertFilter filter) {
        return switch (filter) {
            case OfLevel _, Tag _ -> 0;
            case OfRelease(TextTest test) -> namesLatest(test) ? 1 : 0;
            case LatestRelease _ -> 1;
            case Age _, Occurrences _, Assigned _ -> 2;
            case Attribute(String name, TextTest _) -> name.equals("platform") || name.equals("environment") ? 0 : 3;
        };
    }

    private static boolean passes(AlertFilter filter, AlertSubject subject, Instant now) {
        return switch (filter) {
            case OfLevel(Order order, Level level) -> isOfLevel(subject.level(), order, level);
            case OfRelease(TextTest test) ->
                TextMatch.of(named(test, subject), given(subject.summary().release()));
            case LatestRelease _ ->
                subject.summary().release() != null
                        && subject.latestRelease()
                                .equals(Optional.of(subject.summary().release()));
            case Tag(String key, TextTest test) -> TextMatch.of(test, tag(key, subject));
            case Attribute(String name, TextTest test) -> TextMatch.of(test, EventValues.of(name, subject));
            case Age(boolean older, Duration than) -> {
                Instant limit = now.minus(than);
                Instant first = subject.issue().firstSeen();
                yield older ? first.isBefore(limit) : first.isAfter(limit);
            }
            case Occurrences(long atLeast) -> subject.issue().events() >= atLeast;
            case Assigned(Assignee to, @Nullable Long id) -> isAssigned(subject.issue(), to, id);
        };
    }

    private static boolean isOfLevel(Level level, Order order, Level wanted) {
        return switch (order) {
            case EQUAL -> level == wanted;
            case AT_LEAST -> level.compareTo(wanted) >= 0;
            case AT_MOST -> level.compareTo(wanted) <= 0;
        };
    }

    private static boolean isAssigned(AlertIssue issue, Assignee to, @Nullable Long id) {
        Long assignee = issue.assigneeId();
        return switch (to) {
            case NOBODY -> assignee == null;
            case ANYBODY -> assignee != null;
            case USER -> assignee != null && assignee.equals(id);
            case TEAM -> id != null && issue.assigneeTeams().contains(id);
        };
    }

    /** Tags that the event has as columns are those of the columns. */
    private static List<String> tag(String key, AlertSubject subject) {
        return switch (key) {
            case "level" -> List.of(subject.summary().level());
            case "environment" -> given(subject.summary().environment());
            case "release" -> given(subject.summary().release());
            default -> given(subject.summary().tags().get(key));
        };
    }

    private static List<String> given(@Nullable String value) {
        return value == null || value.isEmpty() ? List.of() : List.of(value);
    }

    static boolean namesLatest(TextTest test) {
        return test.values().stream().anyMatch(value -> value.equalsIgnoreCase(LATEST));
    }

    /** With the newest release in place of the word for it. */
    private static TextTest named(TextTest test, AlertSubject subject) {
        if (!namesLatest(test)) {
            return test;
        }
        return new TextTest(
                test.operator(),
                test.values().stream()
                        .map(value -> value.equalsIgnoreCase(LATEST)
                                ? subject.latestRelease().orElse(value)
                                : value)
                        .toList());
    }
}
