package dev.resentry.model.alert;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to tell somebody: one of the conditions (or all of them) comes true, the filters let it through, and the rule has not fired
 * for the same issue within the interval.
 *
 * @param environment the only one that counts; null for all, {@code ""} for events without one
 * @param filters of which {@code filterMatch} decides; none let everything through
 * @param interval for which a rule that fired for an issue is silent for it
 */
public record AlertRule(
        String name,
        @Nullable String environment,
        Match conditionMatch,
        List<AlertCondition> conditions,
        Match filterMatch,
        List<AlertFilter> filters,
        Duration interval) {

    public static final int MAX_NAME = 200;
    public static final int MAX_CONDITIONS = 20;
    public static final int MAX_FILTERS = 20;
    public static final Duration MIN_INTERVAL = Duration.ofMinutes(1);
    public static final Duration MAX_INTERVAL = Duration.ofDays(30);

    public AlertRule {
        conditions = List.copyOf(conditions);
        filters = List.copyOf(filters);
    }

    /** How many of several have to be true. */
    public enum Match {
        ALL,
        ANY,
        NONE
    }
}
