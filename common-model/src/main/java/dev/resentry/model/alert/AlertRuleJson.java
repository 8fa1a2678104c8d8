package dev.resentry.model.alert;

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
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert rule as JSON, the same in the database and in the API: {@code name, environment, condition_match, conditions,
 * filter_match, filters, interval_minutes}; each condition and filter has a {@code type} and its own fields, windows are minutes.
 */
public final class AlertRuleJson {
    private static final long MAX_WINDOW_MINUTES = Duration.ofDays(30).toMinutes();
    private static final int MAX_TEXT = 1000;
    private static final int MAX_VALUES = 100;

    private AlertRuleJson() {}

    public static ObjectNode write(AlertRule rule) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("name", rule.name());
        json.put("environment", rule.environment());
        json.put("condition_match", word(rule.conditionMatch()));
        ArrayNode conditions = json.putArray("conditions");
        rule.conditions().forEach(condition -> put(conditions.addObject(), condition));
        json.put("filter_match", word(rule.filterMatch()));
        ArrayNode filters = json.putArray("filters");
        rule.filters().forEach(filter -> put(filters.addObject(), filter));
        json.put("interval_minutes", rule.interval().toMinutes());
        return json;
    }

    /**
     * Reads a rule. Fields that it does not know it passes over.
     *
     * @throws MalformedAlertRuleException if a field is missing or wrong; it names the field
     */
    public static AlertRule read(JsonNode json) {
        var fields = new RuleFields(json, "");
        return new AlertRule(
                fields.text("name", AlertRule.MAX_NAME),
                fields.optionalText("environment", 64),
                fields.word("condition_match", Match.class, Match.ANY),
                fields.list("conditions", AlertRule.MAX_CONDITIONS, true).stream()
                        .map(AlertRuleJson::condition)
                        .toList(),
                fields.word("filter_match", Match.class, Match.ALL),
                fields.list("filters", AlertRule.MAX_FILTERS, false).stream()
                        .map(AlertRuleJson::filter)
                        .toList(),
                Duration.ofMinutes(fields.whole(
                        "interval_minutes",
                        AlertRule.MIN_INTERVAL.toMinutes(),
                        AlertRule.MAX_INTERVAL.toMinutes(),
                        30)));
    }

    private static void put(ObjectNode json, AlertCondition condition) {
        switch (condition) {
            case NewIssue _ -> json.put("type", "new_issue");
            case Regression _ -> json.put("type", "regression");
            case Unignored _ -> json.put("type", "unignored");
            case EveryEvent _ -> json.put("type", "every_event");
            case Frequency(Measure measure, long threshold, boolean reaches, Duration window) ->
                json.put("type", "frequency")
                        .put("measure", word(measure))
                        .put("threshold", threshold)
                        .put("reaches", reaches)
                        .put("window_minutes", window.toMinutes());
            case Increase(Measure measure, int percent, Duration window, Duration before) ->
                json.put("type", "increase")
                        .put("measure", word(measure))
                        .put("percent", percent)
                        .put("window_minutes", window.toMinutes())
                        .put("before_minutes", before.toMinutes());
            case CrashFreeBelow(Rate rate, double percent, Duration window, long minimum) ->
                json.put("type", "crash_free_below")
                        .put("rate", word(rate))
                        .put("percent", percent)
                        .put("window_minutes", window.toMinutes())
                        .put("minimum", minimum);
            case Spike(Extent of) -> json.put("type", "spike").put("of", word(of));
        }
    }

    private static AlertCondition condition(RuleFields fields) {
        return switch (fields.type()) {
            case "new_issue" -> new NewIssue();
            case "regression" -> new Regression();
            case "unignored" -> new Unignored();
            case "every_event" -> new EveryEvent();
            case "frequency" ->
                new Frequency(
                        fields.word("measure", Measure.class, Measure.EVENTS),
                        fields.whole("threshold", 0, Integer.MAX_VALUE),
                        fields.flag("reaches", false),
                        window(fields, "window_minutes"));
            case "increase" ->
                new Increase(
                        fields.word("measure", Measure.class, Measure.EVENTS),
                        (int) fields.whole("percent", 1, 1_000_000),
                        window(fields, "window_minutes"),
                        window(fields, "before_minutes"));
            case "crash_free_below" ->
                new CrashFreeBelow(
                        fields.word("rate", Rate.class, Rate.SESSIONS),
                        fields.number("percent", 0, 100),
                        window(fields, "window_minutes"),
                        fields.whole("minimum", 1, Integer.MAX_VALUE, 50));
            case "spike" -> new Spike(fields.word("of", Extent.class, Extent.PROJECT));
            default ->
                throw fields.unknownType(List.of(
                        "new_issue",
                        "regression",
                        "unignored",
                        "every_event",
                        "frequency",
                        "increase",
                        "crash_free_below",
                        "spike"));
        };
    }

    private static void put(ObjectNode json, AlertFilter filter) {
        switch (filter) {
            case OfLevel(Order order, Level level) ->
                json.put("type", "level").put("order", word(order)).put("level", level.wireName());
            case OfRelease(TextTest test) -> put(json.put("type", "release"), test);
            case LatestRelease _ -> json.put("type", "latest_release");
            case Tag(String key, TextTest test) -> put(json.put("type", "tag").put("key", key), test);
            case Attribute(String name, TextTest test) ->
                put(json.put("type", "attribute").put("name", name), test);
            case Age(boolean older, Duration than) ->
                json.put("type", "age").put("older", older).put("minutes", than.toMinutes());
            case Occurrences(long atLeast) -> json.put("type", "occurrences").put("at_least", atLeast);
            case Assigned(Assignee to, @Nullable Long id) ->
                json.put("type", "assigned").put("to", word(to)).put("id", id);
        }
    }

    private static AlertFilter filter(RuleFields fields) {
        return switch (fields.type()) {
            case "level" -> new OfLevel(fields.word("order", Order.class, Order.AT_LEAST), fields.level("level"));
            case "release" -> new OfRelease(test(fields));
            case "latest_release" -> new LatestRelease();
            case "tag" -> new Tag(fields.text("key", 200), test(fields));
            case "attribute" -> new Attribute(fields.oneOf("name", EventAttribute.NAMES), test(fields));
            case "age" -> new Age(fields.flag("older", true), window(fields, "minutes"));
            case "occurrences" -> new Occurrences(fields.whole("at_least", 1, Integer.MAX_VALUE));
            case "assigned" -> assigned(fields);
            default ->
                throw fields.unknownType(List.of(
                        "level", "release", "latest_release", "tag", "attribute", "age", "occurrences", "assigned"));
        };
    }

    private static Assigned assigned(RuleFields fields) {
        Assignee to = fields.word("to", Assignee.class, Assignee.ANYBODY);
        return switch (to) {
            case NOBODY, ANYBODY -> new Assigned(to, null);
            case USER, TEAM -> new Assigned(to, fields.whole("id", 1, Long.MAX_VALUE));
        };
    }

    private static void put(ObjectNode json, TextTest test) {
        json.put("operator", word(test.operator()));
        ArrayNode values = json.putArray("values");
        test.values().forEach(values::add);
    }

    private static TextTest test(RuleFields fields) {
        Operator operator = fields.word("operator", Operator.class, Operator.EQUALS);
        return switch (operator) {
            case SET, NOT_SET -> new TextTest(operator, List.of());
            case IN, NOT_IN -> new TextTest(operator, fields.texts("values", 1, MAX_VALUES, MAX_TEXT));
            case EQUALS, NOT_EQUALS, STARTS_WITH, NOT_STARTS_WITH, ENDS_WITH, NOT_ENDS_WITH, CONTAINS, NOT_CONTAINS ->
                new TextTest(operator, fields.texts("values", 1, 1, MAX_TEXT));
        };
    }

    private static Duration window(RuleFields fields, String name) {
        return Duration.ofMinutes(fields.whole(name, 1, MAX_WINDOW_MINUTES));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
