package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.model.event.Level;
import dev.resentry.storage.alert.StoredAlertTarget;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Conditions, filters and actions as {@link RuleNodeReader} reads them. */
final class RuleNodes {
    /** Whom a mail to an issue's assignee goes to without one: the members of the project's teams. */
    static final String FALLTHROUGH = "ActiveMembers";

    private RuleNodes() {}

    static Map<String, Object> node(AlertCondition condition) {
        return switch (condition) {
            case AlertCondition.NewIssue() -> node(RuleNodeIds.NEW_ISSUE, "A new issue is created");
            case AlertCondition.Regression() ->
                node(RuleNodeIds.REGRESSION, "The issue changes state from resolved to unresolved");
            case AlertCondition.Unignored() ->
                node(RuleNodeIds.REAPPEARED, "The issue changes state from archived to escalating");
            case AlertCondition.EveryEvent() -> node(RuleNodeIds.EVERY_EVENT, "The event occurs");
            case AlertCondition.Frequency(var measure, var threshold, var reaches, var window) ->
                with(
                        node(
                                frequency(measure),
                                "The issue has %s %d %s in %s"
                                        .formatted(
                                                reaches ? "at least" : "more than",
                                                threshold,
                                                words(measure),
                                                interval(window))),
                        // Theirs is true above the value only.
                        Map.of(
                                "value",
                                reaches ? Math.max(0, threshold - 1) : threshold,
                                "interval",
                                interval(window),
                                "comparisonType",
                                "count"));
            case AlertCondition.Increase(var measure, var percent, var window, var before) ->
                with(
                        node(
                                frequency(measure),
                                "The issue has %d percent more %s in %s than %s earlier"
                                        .formatted(percent, words(measure), interval(window), interval(before))),
                        Map.of(
                                "value",
                                percent,
                                "interval",
                                interval(window),
                                "comparisonType",
                                "percent",
                                "comparisonInterval",
                                interval(before)));
            case AlertCondition.CrashFreeBelow(var rate, var percent, var window, var minimum) ->
                with(
                        node(
                                RuleNodeIds.CRASH_FREE,
                                "Less than %s percent of %s are free of crashes in %s"
                                        .formatted(percent, rate.name().toLowerCase(Locale.ROOT), interval(window))),
                        Map.of(
                                "rate",
                                rate.name().toLowerCase(Locale.ROOT),
                                "value",
                                percent,
                                "interval",
                                interval(window),
                                "minimum",
                                minimum));
            case AlertCondition.Spike(var of) ->
                with(
                        node(
                                RuleNodeIds.SPIKE,
                                "A spike is found in the %s".formatted(of.name().toLowerCase(Locale.ROOT))),
                        Map.of("of", of.name().toLowerCase(Locale.ROOT)));
        };
    }

    private static String frequency(AlertCondition.Measure measure) {
        return switch (measure) {
            case EVENTS -> RuleNodeIds.EVENTS;
            case USERS -> RuleNodeIds.USERS;
        };
    }

    private static String words(AlertCondition.Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> node(AlertFilter filter) {
        return switch (filter) {
            case AlertFilter.OfLevel(var order, var level) ->
                with(
                        node(RuleNodeIds.LEVEL, "The event's level"),
                        Map.of(
                                "match",
                                switch (order) {
                                    case EQUAL -> "eq";
                                    case AT_LEAST -> "gte";
                                    case AT_MOST -> "lte";
                                },
                                "level",
                                number(level)));
            case AlertFilter.OfRelease(var test) -> with(node(RuleNodeIds.RELEASE, "The event's release"), test(test));
            case AlertFilter.LatestRelease() ->
                node(RuleNodeIds.LATEST_RELEASE, "The event is from the latest release");
            case AlertFilter.Tag(var key, var test) ->
                with(with(node(RuleNodeIds.TAG, "The event's tags"), test(test)), Map.of("key", key));
            case AlertFilter.Attribute(var name, var test) ->
                with(with(node(RuleNodeIds.ATTRIBUTE, "The event's values"), test(test)), Map.of("attribute", name));
            case AlertFilter.Age(var older, var than) ->
                with(
                        node(RuleNodeIds.AGE, "The issue's age"),
                        with(age(than), Map.of("comparison_type", older ? "older" : "newer")));
            case AlertFilter.Occurrences(var atLeast) ->
                with(node(RuleNodeIds.OCCURRENCES, "The issue has happened so often"), Map.of("value", atLeast));
            case AlertFilter.Assigned(var to, var id) ->
                with(
                        node(RuleNodeIds.ASSIGNED, "The issue is assigned"),
                        switch (to) {
                            case NOBODY -> Map.of("targetType", "Unassigned");
                            case ANYBODY -> Map.of("targetType", "Assigned");
                            case USER -> Map.of("targetType", "Member", "targetIdentifier", String.valueOf(id));
                            case TEAM -> Map.of("targetType", "Team", "targetIdentifier", String.valueOf(id));
                        });
        };
    }

    private static Map<String, Object> age(Duration than) {
        long minutes = than.toMinutes();
        if (minutes % (24 * 60) == 0) {
            return Map.of("value", minutes / (24 * 60), "time", "day");
        }
        return minutes % 60 == 0
                ? Map.of("value", minutes / 60, "time", "hour")
                : Map.of("value", minutes, "time", "minute");
    }

    /** Levels are numbers there, in texts. */
    static String number(Level level) {
        return switch (level) {
            case DEBUG -> "10";
            case INFO -> "20";
            case WARNING -> "30";
            case ERROR -> "40";
            case FATAL -> "50";
        };
    }

    private static Map<String, Object> test(AlertFilter.TextTest test) {
        Map<String, Object> match = Map.of("match", match(test.operator()));
        return test.values().isEmpty() ? match : with(match, Map.of("value", String.join(",", test.values())));
    }

    static String match(Operator operator) {
        return switch (operator) {
            case EQUALS -> "eq";
            case NOT_EQUALS -> "ne";
            case STARTS_WITH -> "sw";
            case NOT_STARTS_WITH -> "nsw";
            case ENDS_WITH -> "ew";
            case NOT_ENDS_WITH -> "new";
            case CONTAINS -> "co";
            case NOT_CONTAINS -> "nc";
            case SET -> "is";
            case NOT_SET -> "ns";
            case IN -> "in";
            case NOT_IN -> "nin";
        };
    }

    /** An action, which its {@code uuid} says to be the one that the rule has already when it is sent again. */
    static Map<String, Object> node(StoredAlertTarget stored) {
        AlertTarget target = stored.target();
        Map<String, Object> node = switch (target.type()) {
            case USER -> mail("Member", target.value());
            case TEAM -> mail("Team", target.value());
            case ASSIGNEE -> with(mail("IssueOwners", ""), Map.of("fallthroughType", FALLTHROUGH));
            case SENTRY_PLUGIN -> with(node(RuleNodeIds.SERVICE, "Send a notification"), Map.of("service", "webhooks"));
            case EMAIL -> with(node(target.type()), Map.of("value", target.value()));
            case WEBHOOK, SENTRY_WEBHOOK, SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                // Without its address, which may be a secret.
                node(target.type());
        };
        return with(node, Map.of("uuid", String.valueOf(stored.id())));
    }

    private static Map<String, Object> mail(String to, String id) {
        return with(
                node(RuleNodeIds.MAIL, "Send a notification to " + to),
                Map.of("targetType", to, "targetIdentifier", id));
    }

    private static Map<String, Object> node(TargetType type) {
        return node(RuleNodeIds.ACTION + type.wireName(), "Tell by " + type.wireName());
    }

    private static Map<String, Object> node(String id, String name) {
        return Map.of("id", id, "name", name);
    }

    private static Map<String, Object> with(Map<String, Object> node, Map<String, Object> further) {
        Map<String, Object> all = new LinkedHashMap<>(node);
        all.putAll(further);
        return all;
    }

    /** Such as 5m, 1h, 1d or 1w. */
    static String interval(Duration window) {
        long minutes = window.toMinutes();
        if (minutes % (7 * 24 * 60) == 0 && minutes > 0) {
            return minutes / (7 * 24 * 60) + "w";
        }
        if (minutes % (24 * 60) == 0) {
            return minutes / (24 * 60) + "d";
        }
        return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
}
