package dev.resentry.processor.alert;

import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Regression;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertCondition.Unignored;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts firings, and measures what evaluating takes and how late it is. */
final class AlertMetrics {
    private final MeterRegistry registry;
    private final Timer evaluation;
    private final AtomicLong lag = new AtomicLong();

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.evaluation = Timer.builder("resentry.alerts.evaluation")
                .description("Evaluations of what was read of topic events at once, and the time they took")
                .register(registry);
        TimeGauge.builder("resentry.alerts.lag", lag, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                .description("How long before it was read the last record of topic events was true")
                .register(registry);
    }

    void evaluated(Duration took) {
        evaluation.record(took);
    }

    void read(Duration late) {
        lag.set(Math.max(0, late.toMillis()));
    }

    void fired(@Nullable AlertCondition condition) {
        Counter.builder("resentry.alerts.firings")
                .description("Firings of alert rules, by the condition that came true")
                .tag("condition", condition == null ? "none" : word(condition))
                .register(registry)
                .increment();
    }

    static String word(AlertCondition condition) {
        return switch (condition) {
            case NewIssue _ -> "new_issue";
            case Regression _ -> "regression";
            case Unignored _ -> "unignored";
            case EveryEvent _ -> "every_event";
            case Frequency _ -> "frequency";
            case Increase _ -> "increase";
            case CrashFreeBelow _ -> "crash_free_below";
            case Spike _ -> "spike";
        };
    }
}
