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
import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertFilter.Tag;
import dev.resentry.model.alert.AlertFilter.TextTest;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds filters that no event can pass together, and those of which every event passes one. */
final class FilterContradictions {
    private static final String TAG = "tag ";

    private static final Set<String> WITH_ONE_VALUE = Set.of(
            "platform",
            "type",
            "environment",
            "release",
            "user.id",
            "user.email",
            "user.username",
            "user.ip_address",
            "http.method",
            "http.url",
            "http.status_code",
            "sdk.name");

    private FilterContradictions() {}

    /** In sentences. */
    static List<String> of(AlertRule rule) {
        if (rule.filters().isEmpty()) {
            return List.of();
        }
        return switch (rule.filterMatch()) {
            case ALL -> together(rule, rule.filters());
            case ANY -> {
                List<List<String>> alone = rule.filters().stream()
                        .map(filter -> together(rule, List.of(filter)))
                        .toList();
                yield alone.stream().noneMatch(List::isEmpty)
                        ? alone.stream().flatMap(List::stream).distinct().toList()
                        : List.of();
            }
            case NONE -> all(rule.filters());
        };
    }

    private static List<String> together(AlertRule rule, List<AlertFilter> filters) {
        List<String> reasons = new ArrayList<>();
        List<OfLevel> levels = of(filters, OfLevel.class);
        if (!levels.isEmpty()
                && Arrays.stream(Level.values())
                        .noneMatch(level -> levels.stream().allMatch(is(level)))) {
            reasons.add("No level is all of this: %s.".formatted(words(levels)));
        }
        texts(rule, filters).forEach((what, tests) -> {
            boolean possible =
                    hasOneValue(what) ? TextContradiction.canBeOne(tests) : TextContradiction.canBeSeveral(tests);
            if (!possible) {
                reasons.add("No event is like that: its %s would have to pass tests that exclude each other."
                        .formatted(isTag(what) ? "tag \"%s\"".formatted(what.substring(TAG.length())) : what));
            }
        });
        List<Age> ages = of(filters, Age.class);
        Duration older = ages.stream()
                .filter(Age::older)
                .map(Age::than)
                .max(Duration::compareTo)
                .orElse(null);
        Duration newer = ages.stream()
                .filter(age -> !age.older())
                .map(Age::than)
                .min(Duration::compareTo)
                .orElse(null);
        if (older != null && newer != null && older.compareTo(newer) >= 0) {
            reasons.add("No issue is older than %s and newer than %s."
                    .formatted(RuleSentence.words(older), RuleSentence.words(newer)));
        }
        List<Assigned> owners = of(filters, Assigned.class);
        boolean nobody = owners.stream().anyMatch(owner -> owner.to() == Assignee.NOBODY);
        boolean somebody = owners.stream().anyMatch(owner -> owner.to() != Assignee.NOBODY);
        long users = owners.stream()
                .filter(owner -> owner.to() == Assignee.USER)
                .map(Assigned::id)
                .distinct()
                .count();
        if ((nobody && somebody) || users > 1) {
            reasons.add("No issue is all of this: %s.".formatted(words(owners)));
        }
        return reasons;
    }

    /** Of which every event passes one, so that "none of them" lets nothing through. */
    private static List<String> all(List<AlertFilter> filters) {
        List<String> reasons = new ArrayList<>();
        List<OfLevel> levels = of(filters, OfLevel.class);
        if (!levels.isEmpty()
                && Arrays.stream(Level.values())
                        .allMatch(level -> levels.stream().anyMatch(is(level)))) {
            reasons.add("Every level is one of this: %s.".formatted(words(levels)));
        }
        if (of(filters, Occurrences.class).stream().anyMatch(least -> least.atLeast() <= 1)) {
            reasons.add("Every issue has happened at least once.");
        }
        List<Assigned> owners = of(filters, Assigned.class);
        if (owners.stream().anyMatch(owner -> owner.to() == Assignee.NOBODY)
                && owners.stream().anyMatch(owner -> owner.to() == Assignee.ANYBODY)) {
            reasons.add("Every issue is assigned to somebody or to nobody.");
        }
        tests(filters).forEach((what, tests) -> {
            Set<Operator> operators = tests.stream().map(TextTest::operator).collect(Collectors.toSet());
            if (operators.containsAll(Set.of(Operator.SET, Operator.NOT_SET))) {
                reasons.add("Every event has a %s or has none."
                        .formatted(isTag(what) ? "tag \"%s\"".formatted(what.substring(TAG.length())) : what));
            }
        });
        return reasons;
    }

    private static boolean hasOneValue(String what) {
        return isTag(what) || WITH_ONE_VALUE.contains(what);
    }

    private static boolean isTag(String what) {
        return what.startsWith(TAG);
    }

    private static Map<String, List<TextTest>> texts(AlertRule rule, List<AlertFilter> filters) {
        Map<String, List<TextTest>> texts = tests(filters);
        String environment = rule.environment();
        List<TextTest> ofEnvironment = texts.get("environment");
        if (environment != null && ofEnvironment != null) {
            ofEnvironment.add(
                    environment.isEmpty()
                            ? new TextTest(Operator.NOT_SET, List.of())
                            : new TextTest(Operator.EQUALS, List.of(environment)));
        }
        List<TextTest> ofRelease = texts.get("release");
        if (ofRelease != null && !of(filters, LatestRelease.class).isEmpty()) {
            ofRelease.add(new TextTest(Operator.SET, List.of()));
        }
        return texts;
    }

    /** By what they are of. */
    private static Map<String, List<TextTest>> tests(List<AlertFilter> filters) {
        Map<String, List<TextTest>> tests = new LinkedHashMap<>();
        for (AlertFilter filter : filters) {
            switch (filter) {
                case OfRelease(TextTest test) -> {
                    // What the latest one is called nobody knows.
                    if (!RuleFilters.namesLatest(test)) {
                        add(tests, "release", test);
                    }
                }
                case Tag(String key, TextTest test) ->
                    add(tests, key.equals("release") || key.equals("environment") ? key : TAG + key, test);
                case Attribute(String name, TextTest test) -> add(tests, name, test);
                case OfLevel _, LatestRelease _, Age _, Occurrences _, Assigned _ -> {}
            }
        }
        return tests;
    }

    private static void add(Map<String, List<TextTest>> tests, String what, TextTest test) {
        tests.computeIfAbsent(what, _ -> new ArrayList<>()).add(test);
    }

    private static Predicate<OfLevel> is(Level level) {
        return filter -> filter.order() == Order.EQUAL
                ? level == filter.level()
                : filter.order() == Order.AT_LEAST
                        ? level.compareTo(filter.level()) >= 0
                        : level.compareTo(filter.level()) <= 0;
    }

    private static <F extends AlertFilter> List<F> of(List<AlertFilter> filters, Class<F> kind) {
        return filters.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static String words(List<? extends AlertFilter> filters) {
        return filters.stream().map(RuleSentence::of).collect(Collectors.joining(", "));
    }
}
