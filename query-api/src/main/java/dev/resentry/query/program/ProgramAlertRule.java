package dev.resentry.query.program;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertFilter.OfLevel;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.model.event.Level;
import dev.resentry.processing.alert.RuleSentence;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An alert rule in a flat form: it fires for a group that had so many events within a window. A rule that was written otherwise is
 * shown as far as this form can say it.
 *
 * @param project the slug
 * @param level that an event has at least; null for every level
 * @param thresholdCount with how many events it fires; null if it fires for something else
 * @param thresholdWindowMinutes null likewise
 * @param notifyIntervalMinutes how often it fires for a group at most
 * @param targetType of the first of its targets; null if it has none
 * @param targetValue null likewise
 * @param sentence the whole rule in words
 * @param lastFiredAt null if it never fired
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "ProgramAlertRule")
record ProgramAlertRule(
        long id,
        long projectId,
        String project,
        String name,
        boolean enabled,
        @Nullable @WordOf(Level.class) String level,
        @Nullable Long thresholdCount,
        @Nullable Long thresholdWindowMinutes,
        long notifyIntervalMinutes,
        @Nullable @WordOf(TargetType.class) String targetType,
        @Nullable String targetValue,
        int targets,
        String sentence,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastFiredAt) {

    static ProgramAlertRule of(StoredAlertRule stored) {
        AlertRule rule = stored.rule();
        Optional<Frequency> frequency = frequency(rule);
        Optional<AlertTarget> target =
                stored.targets().stream().map(StoredAlertTarget::target).findFirst();
        return new ProgramAlertRule(
                stored.id(),
                stored.project().id(),
                stored.project().slug(),
                rule.name(),
                stored.enabled(),
                isToPassAll(rule)
                        ? rule.filters().stream()
                                .filter(ProgramAlertRule::isLeastLevel)
                                .map(filter -> ((OfLevel) filter).level().wireName())
                                .findFirst()
                                .orElse(null)
                        : null,
                frequency.map(Frequency::least).orElse(null),
                frequency.map(found -> found.window().toMinutes()).orElse(null),
                rule.interval().toMinutes(),
                target.map(found -> found.type().wireName()).orElse(null),
                target.map(AlertTarget::value).orElse(null),
                stored.targets().size(),
                RuleSentence.of(rule),
                stored.createdAt(),
                stored.updatedAt(),
                stored.lastFiredAt());
    }

    /** A rule that fires for a group with the event that reaches a number. */
    static AlertRule rule(String name, @Nullable Level level, long count, long windowMinutes, long intervalMinutes) {
        return new AlertRule(
                name.strip(),
                null,
                Match.ANY,
                List.of(new Frequency(Measure.EVENTS, count, true, Duration.ofMinutes(windowMinutes))),
                Match.ALL,
                level == null ? List.of() : List.of(new OfLevel(Order.AT_LEAST, level)),
                Duration.ofMinutes(intervalMinutes));
    }

    /**
     * A rule with another threshold; the rest of it stays.
     *
     * @throws ApiException if the rule fires for something else
     */
    static AlertRule withThreshold(AlertRule rule, @Nullable Long count, @Nullable Long windowMinutes) {
        if (count == null && windowMinutes == null) {
            return rule;
        }
        Frequency before = frequency(rule)
                .orElseThrow(() -> ApiException.invalid(
                        count == null ? "threshold_window_minutes" : "threshold_count",
                        "expected: none, as the rule has no threshold; change it by /api/v1/alert-rules"));
        var after = new Frequency(
                before.measure(),
                count == null ? before.threshold() : count,
                count != null || before.reaches(),
                windowMinutes == null ? before.window() : Duration.ofMinutes(windowMinutes));
        List<AlertCondition> conditions = new ArrayList<>(rule.conditions());
        conditions.set(conditions.indexOf(before), after);
        return new AlertRule(
                rule.name(),
                rule.environment(),
                rule.conditionMatch(),
                conditions,
                rule.filterMatch(),
                rule.filters(),
                rule.interval());
    }

    /**
     * A rule for events of another level and above, null for all; its other filters stay.
     *
     * @throws ApiException if not all of its filters have to pass
     */
    static AlertRule withLevel(AlertRule rule, @Nullable Level level) {
        if (!isToPassAll(rule)) {
            throw ApiException.invalid(
                    "level",
                    "expected: none, as the filters of the rule are not all to pass; change it by /api/v1/alert-rules");
        }
        List<AlertFilter> filters = new ArrayList<>(rule.filters());
        filters.removeIf(ProgramAlertRule::isLeastLevel);
        if (level != null) {
            filters.addFirst(new OfLevel(Order.AT_LEAST, level));
        }
        return new AlertRule(
                rule.name(),
                rule.environment(),
                rule.conditionMatch(),
                rule.conditions(),
                Match.ALL,
                filters,
                rule.interval());
    }

    /** A rule by another name, or with another interval; null for what stays. */
    static AlertRule renamed(AlertRule rule, @Nullable String name, @Nullable Long intervalMinutes) {
        return new AlertRule(
                name == null ? rule.name() : name.strip(),
                rule.environment(),
                rule.conditionMatch(),
                rule.conditions(),
                rule.filterMatch(),
                rule.filters(),
                intervalMinutes == null ? rule.interval() : Duration.ofMinutes(intervalMinutes));
    }

    private static Optional<Frequency> frequency(AlertRule rule) {
        return rule.conditions().stream()
                .filter(Frequency.class::isInstance)
                .map(Frequency.class::cast)
                .findFirst();
    }

    private static boolean isToPassAll(AlertRule rule) {
        return rule.filterMatch() == Match.ALL || rule.filters().isEmpty();
    }

    private static boolean isLeastLevel(AlertFilter filter) {
        return filter instanceof OfLevel(Order order, Level _) && order == Order.AT_LEAST;
    }
}
