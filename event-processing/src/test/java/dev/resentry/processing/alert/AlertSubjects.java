package dev.resentry.processing.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.Event;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Issues, events and rules for tests. */
final class AlertSubjects {
    static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

    private AlertSubjects() {}

    static EventSummary summary(String level, @Nullable String release, @Nullable String environment) {
        return new EventSummary(
                7,
                NOW,
                level,
                "java",
                "CartException: no cart",
                "shop.Cart in pay",
                release,
                environment,
                Map.of("browser", "Firefox 140", "customer", "ACME"));
    }

    static AlertIssue issue(Instant firstSeen, long events, @Nullable Long assignee, Set<Long> teams) {
        return new AlertIssue(
                7,
                "SHOP-7",
                "CartException: no cart",
                "shop.Cart in pay",
                "error",
                "unresolved",
                "ongoing",
                firstSeen,
                NOW,
                events,
                2,
                assignee,
                assignee == null ? null : "Ada",
                teams);
    }

    /** The issue is an hour old, had 10 events and is user 3's, who is in team 5. */
    static AlertSubject subject(String json) {
        return new AlertSubject(
                () -> summary("error", "1.2.0", "production"),
                () -> issue(NOW.minus(Duration.ofHours(1)), 10, 3L, Set.of(5L)),
                () -> new Event(JsonMapper.shared().readTree(json)),
                () -> Optional.of("1.2.0"));
    }

    static AlertRule rule(Match match, AlertFilter... filters) {
        return rule(Match.ANY, List.of(new EveryEvent()), match, List.of(filters));
    }

    static AlertRule rule(
            Match conditionMatch, List<AlertCondition> conditions, Match filterMatch, List<AlertFilter> filters) {
        return new AlertRule("rule", null, conditionMatch, conditions, filterMatch, filters, Duration.ofMinutes(30));
    }
}
