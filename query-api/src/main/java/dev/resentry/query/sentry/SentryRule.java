package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.alert.StoredAlertRule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule. Conditions, filters and actions have the ids that scripts know; what has none there has one of ours.
 *
 * @param frequency in minutes
 */
record SentryRule(
        String id,
        String name,
        String status,
        @Nullable String environment,
        @Nullable String owner,
        long frequency,
        String actionMatch,
        String filterMatch,
        List<Map<String, Object>> conditions,
        List<Map<String, Object>> filters,
        List<Map<String, Object>> actions,
        List<String> projects,
        Map<String, String> createdBy,
        Instant dateCreated,
        @Nullable Instant lastTriggered,
        boolean snooze) {
    private static final String RULES = "sentry.rules.";
    private static final String OURS = "resentry.";

    static SentryRule of(StoredAlertRule stored) {
        return new SentryRule(
                String.valueOf(stored.id()),
                stored.rule().name(),
                stored.enabled() ? "active" : "disabled",
                stored.rule().environment(),
                null,
                Math.max(1, stored.rule().interval().toMinutes()),
                stored.rule().conditionMatch().name().toLowerCase(Locale.ROOT),
                stored.rule().filterMatch().name().toLowerCase(Locale.ROOT),
                stored.rule().conditions().stream().map(SentryRule::node).toList(),
                stored.rule().filters().stream().map(SentryRule::node).toList(),
                stored.targets().stream().map(target -> node(target.target())).toList(),
                List.of(stored.project().slug()),
                Map.of("email", stored.createdBy(), "name", stored.createdBy()),
                stored.createdAt(),
                stored.lastFiredAt(),
                false);
    }

    static Map<String, Object> node(AlertCondition condition) {
        return switch (condition) {
            case AlertCondition.NewIssue() ->
                node(RULES + "conditions.first_seen_event.FirstSeenEventCondition", "A new issue is created");
            case AlertCondition.Regression() ->
                node(
                        RULES + "conditions.regression_event.RegressionEventCondition",
                        "The issue changes state from resolved to unresolved");
            case AlertCondition.Unignored() ->
                node(
                        RULES + "conditions.reappeared_event.ReappearedEventCondition",
                        "The issue changes state from archived to escalating");
            case AlertCondition.EveryEvent() ->
                node(RULES + "conditions.every_event.EveryEventCondition", "The event occurs");
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
                                reaches ? threshold - 1 : threshold,
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
                                OURS + "conditions.CrashFreeBelow",
                                "Less than %s percent of %s are free of crashes in %s"
                                        .formatted(percent, rate.name().toLowerCase(Locale.ROOT), interval(window))),
                        Map.of("value", percent, "interval", interval(window), "minimum", minimum));
            case AlertCondition.Spike(var of) ->
                node(
                        OURS + "conditions.Spike",
                        "A spike is found in the %s".formatted(of.name().toLowerCase(Locale.ROOT)));
        };
    }

    private static String frequency(AlertCondition.Measure measure) {
        return RULES + "conditions.event_frequency."
                + switch (measure) {
                    case EVENTS -> "EventFrequencyCondition";
                    case USERS -> "EventUniqueUserFrequencyCondition";
                };
    }

    private static String words(AlertCondition.Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> node(AlertFilter filter) {
        return switch (filter) {
            case AlertFilter.OfLevel(var order, var level) ->
                with(
                        node(RULES + "filters.level.LevelFilter", "The event's level"),
                        Map.of(
                                "match",
                                switch (order) {
                                    case EQUAL -> "eq";
                                    case AT_LEAST -> "gte";
                                    case AT_MOST -> "lte";
                                },
                                "level",
                                level.name().toLowerCase(Locale.ROOT)));
            case AlertFilter.OfRelease(var test) ->
                with(node(OURS + "filters.Release", "The event's release"), test(test));
            case AlertFilter.LatestRelease() ->
                node(RULES + "filters.latest_release.LatestReleaseFilter", "The event is from the latest release");
            case AlertFilter.Tag(var key, var test) ->
                with(
                        with(node(RULES + "filters.tagged_event.TaggedEventFilter", "The event's tags"), test(test)),
                        Map.of("key", key));
            case AlertFilter.Attribute(var name, var test) ->
                with(
                        with(
                                node(RULES + "filters.event_attribute.EventAttributeFilter", "The event's values"),
                                test(test)),
                        Map.of("attribute", name));
            case AlertFilter.Age(var older, var than) ->
                with(
                        node(RULES + "filters.age_comparison.AgeComparisonFilter", "The issue's age"),
                        Map.of(
                                "comparison_type",
                                older ? "older" : "newer",
                                "value",
                                than.toMinutes(),
                                "time",
                                "minute"));
            case AlertFilter.Occurrences(var atLeast) ->
                with(
                        node(
                                RULES + "filters.issue_occurrences.IssueOccurrencesFilter",
                                "The issue has happened so often"),
                        Map.of("value", atLeast));
            case AlertFilter.Assigned(var to, var id) ->
                with(
                        node(RULES + "filters.assigned_to.AssignedToFilter", "The issue is assigned"),
                        switch (to) {
                            case NOBODY -> Map.of("targetType", "Unassigned");
                            case ANYBODY -> Map.of("targetType", "Assigned");
                            case USER -> Map.of("targetType", "Member", "targetIdentifier", String.valueOf(id));
                            case TEAM -> Map.of("targetType", "Team", "targetIdentifier", String.valueOf(id));
                        });
        };
    }

    private static Map<String, Object> test(AlertFilter.TextTest test) {
        return Map.of(
                "match",
                switch (test.operator()) {
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
                },
                "value",
                String.join(",", test.values()));
    }

    private static Map<String, Object> node(AlertTarget target) {
        TargetType type = target.type();
        return switch (type) {
            case USER -> mail("Member", target.value());
            case TEAM -> mail("Team", target.value());
            case ASSIGNEE -> mail("IssueOwners", "");
            case SENTRY_PLUGIN ->
                with(
                        node(
                                "sentry.rules.actions.notify_event_service.NotifyEventServiceAction",
                                "Send a notification"),
                        Map.of("service", "webhooks"));
            case EMAIL, WEBHOOK, SENTRY_WEBHOOK, SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                // Without its address, which may be a secret.
                node(OURS + "actions." + type.wireName(), "Tell by " + type.wireName());
        };
    }

    private static Map<String, Object> mail(String to, String id) {
        return with(
                node("sentry.mail.actions.NotifyEmailAction", "Send a notification to " + to),
                Map.of("targetType", to, "targetIdentifier", id));
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
    private static String interval(Duration window) {
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
