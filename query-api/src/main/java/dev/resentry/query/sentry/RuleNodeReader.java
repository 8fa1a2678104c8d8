package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertFilter.Assignee;
import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertFilter.TextTest;
import dev.resentry.model.alert.EventAttribute;
import dev.resentry.model.event.Level;
import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Reads conditions and filters of rules as {@link RuleNodes} writes them, and refuses what our rules cannot say. */
final class RuleNodeReader {
    private static final long MOST_PERCENT = 1_000_000;
    private static final int MOST_TIME = 50_000;

    private RuleNodeReader() {}

    static AlertCondition condition(JsonFields node) {
        return switch (node.text("id", "the id of a condition")) {
            case RuleNodeIds.NEW_ISSUE -> new AlertCondition.NewIssue();
            case RuleNodeIds.REGRESSION -> new AlertCondition.Regression();
            case RuleNodeIds.REAPPEARED -> new AlertCondition.Unignored();
            case RuleNodeIds.EVERY_EVENT -> new AlertCondition.EveryEvent();
            case RuleNodeIds.EVENTS -> frequency(node, AlertCondition.Measure.EVENTS);
            case RuleNodeIds.USERS -> frequency(node, AlertCondition.Measure.USERS);
            case RuleNodeIds.CRASH_FREE ->
                new AlertCondition.CrashFreeBelow(
                        AlertCondition.Rate.valueOf(node.word("rate", "SESSIONS", List.of("SESSIONS", "USERS"))),
                        node.number("value", 0, 100),
                        window(node, "interval"),
                        node.whole("minimum", 50, 1, Integer.MAX_VALUE));
            case RuleNodeIds.SPIKE ->
                new AlertCondition.Spike(
                        AlertCondition.Extent.valueOf(node.word("of", "PROJECT", List.of("PROJECT", "ISSUE"))));
            case String id
            when id.startsWith("sentry.rules.filters.") -> throw node.wrong("id", "a condition; this is a filter");
            default ->
                throw node.wrong(
                        "id",
                        "a condition that there is here: first seen, regression, reappeared, every event,"
                                + " or the frequency of events or users");
        };
    }

    private static AlertCondition frequency(JsonFields node, AlertCondition.Measure measure) {
        Duration window = window(node, "interval");
        boolean compares = node.word("comparisonType", "count", List.of("count", "percent"))
                .equals("percent");
        return compares
                ? new AlertCondition.Increase(
                        measure, (int) node.whole("value", 1, MOST_PERCENT), window, window(node, "comparisonInterval"))
                : new AlertCondition.Frequency(measure, node.whole("value", 0, Integer.MAX_VALUE), false, window);
    }

    static AlertFilter filter(JsonFields node) {
        return switch (node.text("id", "the id of a filter")) {
            case RuleNodeIds.LEVEL -> new AlertFilter.OfLevel(order(node), level(node));
            case RuleNodeIds.RELEASE -> new AlertFilter.OfRelease(test(node));
            case RuleNodeIds.LATEST_RELEASE -> new AlertFilter.LatestRelease();
            case RuleNodeIds.TAG -> new AlertFilter.Tag(node.text("key", "the key of a tag"), test(node));
            case RuleNodeIds.ATTRIBUTE -> attribute(node);
            case RuleNodeIds.AGE ->
                new AlertFilter.Age(
                        node.word("comparison_type", "older", List.of("older", "newer"))
                                .equals("older"),
                        Duration.ofMinutes(node.whole("value", 1, MOST_TIME) * minutes(node)));
            case RuleNodeIds.OCCURRENCES -> new AlertFilter.Occurrences(node.whole("value", 1, Integer.MAX_VALUE));
            case RuleNodeIds.ASSIGNED -> assigned(node);
            default ->
                throw node.wrong(
                        "id",
                        "a filter that there is here: age, occurrences, assignee, latest release, attribute, tag or level");
        };
    }

    private static AlertFilter.Attribute attribute(JsonFields node) {
        String name = node.text("attribute", "an attribute");
        if (!EventAttribute.NAMES.contains(name)) {
            throw node.wrong("attribute", String.join(", ", EventAttribute.NAMES));
        }
        return new AlertFilter.Attribute(name, test(node));
    }

    private static AlertFilter.Assigned assigned(JsonFields node) {
        return switch (node.word("targetType", "Assigned", List.of("Unassigned", "Assigned", "Team", "Member"))) {
            case "Unassigned" -> new AlertFilter.Assigned(Assignee.NOBODY, null);
            case "Team" -> new AlertFilter.Assigned(Assignee.TEAM, node.whole("targetIdentifier", 1, Long.MAX_VALUE));
            case "Member" -> new AlertFilter.Assigned(Assignee.USER, node.whole("targetIdentifier", 1, Long.MAX_VALUE));
            default -> new AlertFilter.Assigned(Assignee.ANYBODY, null);
        };
    }

    private static long minutes(JsonFields node) {
        return switch (node.word("time", "minute", List.of("minute", "hour", "day", "week"))) {
            case "hour" -> 60;
            case "day" -> 24 * 60;
            case "week" -> 7 * 24 * 60;
            default -> 1;
        };
    }

    private static Order order(JsonFields node) {
        return switch (node.word("match", "gte", List.of("eq", "gte", "lte"))) {
            case "eq" -> Order.EQUAL;
            case "lte" -> Order.AT_MOST;
            default -> Order.AT_LEAST;
        };
    }

    /** A level by its number, or by its name. */
    private static Level level(JsonFields node) {
        String given = node.text("level", "50, 40, 30, 20 or 10");
        return Arrays.stream(Level.values())
                .filter(level -> RuleNodes.number(level).equals(given)
                        || level.wireName().equals(given))
                .findFirst()
                .orElseThrow(
                        () -> node.wrong("level", "50 (fatal), 40 (error), 30 (warning), 20 (info) or 10 (debug)"));
    }

    private static TextTest test(JsonFields node) {
        String match = node.word(
                "match",
                "eq",
                Arrays.stream(Operator.values()).map(RuleNodes::match).toList());
        Operator operator = Arrays.stream(Operator.values())
                .filter(one -> RuleNodes.match(one).equals(match))
                .findFirst()
                .orElseThrow();
        return new TextTest(
                operator,
                switch (operator) {
                    case SET, NOT_SET -> List.of();
                    case IN, NOT_IN ->
                        Arrays.stream(value(node).split(",", -1))
                                .map(String::strip)
                                .toList();
                    case EQUALS,
                            NOT_EQUALS,
                            STARTS_WITH,
                            NOT_STARTS_WITH,
                            ENDS_WITH,
                            NOT_ENDS_WITH,
                            CONTAINS,
                            NOT_CONTAINS -> List.of(value(node));
                });
    }

    private static String value(JsonFields node) {
        String value = node.optionalText("value");
        if (value == null || value.isEmpty()) {
            throw node.wrong("value", "what it is compared with");
        }
        return value;
    }

    private static Duration window(JsonFields node, String field) {
        String text = node.text(field, "a time such as 5m, 1h, 1d or 1w");
        Duration window = SentryWindow.duration(node.name(field), text);
        if (window.toMinutes() < 1 || window.toSecondsPart() != 0) {
            throw ApiException.invalid(node.name(field), "'%s' (expected: whole minutes)".formatted(text));
        }
        return window;
    }
}
