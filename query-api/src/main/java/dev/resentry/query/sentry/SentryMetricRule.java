package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.Rate;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule of a figure of a project. The one figure that our rules know is the rate of sessions or users without a crash.
 *
 * @param status 0 if it is on, 4 if it is off
 * @param timeWindow in minutes
 * @param thresholdType 1: below
 * @param minimum how many sessions or users there have to be
 * @param type what tells it from rules of issues where both are listed
 */
record SentryMetricRule(
        String id,
        String name,
        String organizationId,
        int status,
        String dataset,
        String query,
        int queryType,
        List<String> eventTypes,
        String aggregate,
        int thresholdType,
        @Nullable Double resolveThreshold,
        long timeWindow,
        @Nullable Long comparisonDelta,
        @Nullable String environment,
        @Nullable String owner,
        List<String> projects,
        List<Trigger> triggers,
        Instant dateCreated,
        Instant dateModified,
        Map<String, String> createdBy,
        long minimum,
        String type) {
    static final String DATASET = "metrics";
    static final String CRITICAL = "critical";
    static final int BELOW = 1;

    /** @param alertThreshold in percent */
    record Trigger(
            String id,
            String alertRuleId,
            String label,
            int thresholdType,
            double alertThreshold,
            @Nullable Double resolveThreshold,
            List<Action> actions) {}

    /** @param targetIdentifier null of an address, which may be a secret */
    record Action(
            String id,
            String alertRuleTriggerId,
            String type,
            String targetType,
            @Nullable String targetIdentifier,
            @Nullable Long integrationId) {
        static Action of(StoredAlertTarget stored, String trigger) {
            AlertTarget target = stored.target();
            String id = String.valueOf(stored.id());
            return switch (target.type()) {
                case USER -> new Action(id, trigger, "email", "user", target.value(), null);
                case TEAM -> new Action(id, trigger, "email", "team", target.value(), null);
                case EMAIL -> new Action(id, trigger, "email", "specific", target.value(), null);
                case ASSIGNEE -> new Action(id, trigger, "email", "assignee", null, null);
                case WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN, SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                    new Action(id, trigger, target.type().wireName(), "specific", null, null);
            };
        }
    }

    /** What the aggregate of a rate is called. */
    static String aggregate(Rate rate) {
        String of = switch (rate) {
            case SESSIONS -> "sessions";
            case USERS -> "users";
        };
        return "percentage(%1$s_crashed, %1$s) AS _crash_rate_alert_aggregate".formatted(of);
    }

    /** The condition of a rule that is about a rate and nothing else; empty of any other. */
    static Optional<CrashFreeBelow> condition(AlertRule rule) {
        return rule.conditions().size() == 1
                        && rule.filters().isEmpty()
                        && rule.conditionMatch() != AlertRule.Match.NONE
                        && rule.conditions().getFirst() instanceof CrashFreeBelow rate
                ? Optional.of(rate)
                : Optional.empty();
    }

    static SentryMetricRule of(StoredAlertRule stored, CrashFreeBelow rate) {
        String id = String.valueOf(stored.id());
        return new SentryMetricRule(
                id,
                stored.rule().name(),
                SentrySelection.ORGANIZATION_ID,
                stored.enabled() ? 0 : 4,
                DATASET,
                "",
                2,
                List.of(),
                aggregate(rate.rate()),
                BELOW,
                null,
                rate.window().toMinutes(),
                null,
                stored.rule().environment(),
                null,
                List.of(stored.project().slug()),
                List.of(new Trigger(
                        id,
                        id,
                        CRITICAL,
                        BELOW,
                        rate.percent(),
                        null,
                        stored.targets().stream()
                                .map(target -> Action.of(target, id))
                                .toList())),
                stored.createdAt(),
                stored.updatedAt(),
                Map.of("email", stored.createdBy(), "name", stored.createdBy()),
                rate.minimum(),
                "alert_rule");
    }
}
