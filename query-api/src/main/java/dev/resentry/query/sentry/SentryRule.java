package dev.resentry.query.sentry;

import dev.resentry.storage.alert.StoredAlertRule;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule. Conditions, filters and actions have the ids that scripts know; what has none there has one of ours.
 *
 * @param frequency in minutes
 * @param type what tells it from rules of metrics where both are listed
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
        boolean snooze,
        String type) {
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
                stored.rule().conditions().stream().map(RuleNodes::node).toList(),
                stored.rule().filters().stream().map(RuleNodes::node).toList(),
                stored.targets().stream().map(RuleNodes::node).toList(),
                List.of(stored.project().slug()),
                Map.of("email", stored.createdBy(), "name", stored.createdBy()),
                stored.createdAt(),
                stored.lastFiredAt(),
                false,
                "rule");
    }
}
