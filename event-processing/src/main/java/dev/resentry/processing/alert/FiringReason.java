package dev.resentry.processing.alert;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a rule fired, in words and numbers: what was seen beside what the condition asked for. */
public final class FiringReason {
    public static final Words NEW_ISSUE = new Words("the issue is new", null);
    public static final Words REGRESSION = new Words("the issue was resolved and happened again", null);
    public static final Words UNIGNORED = new Words("the issue was ignored and came back", null);
    public static final Words ESCALATED =
            new Words("the issue was ignored and happens far more often than before", null);
    public static final Words EVERY_EVENT = new Words("an event came", null);
    public static final Words NONE_OF_THEM = new Words("an event came for which none of the conditions is true", null);

    private FiringReason() {}

    /**
     * A reason.
     *
     * @param observed the number that was seen; null if it is not about one
     */
    public record Words(String text, @Nullable Double observed) {}

    /**
     * Such as "a spike of the project: 420 events in a minute, 12 are usual; most of them of Checkout failed".
     *
     * @param cause the title of the issue whose events grew most; null if it is about one issue, or nothing grew
     */
    public static Words ofSpike(Extent of, long peak, long usual, @Nullable String cause) {
        String words = of == Extent.PROJECT
                ? "a spike of the project: %d events in a minute, %d are usual".formatted(peak, usual)
                : "a spike of the issue: %d events in an hour, %d are usual".formatted(peak, usual);
        return new Words(cause == null ? words : words + "; most of them of " + cause, (double) peak);
    }

    /** Such as "11 events in 5 minutes (more than 10)". */
    public static Words of(Frequency condition, long count) {
        return new Words(
                "%d %s in %s (%s %d)"
                        .formatted(
                                count,
                                count == 1 ? singular(condition) : RuleSentence.word(condition.measure()),
                                RuleSentence.words(condition.window()),
                                condition.reaches() ? "at least" : "more than",
                                condition.threshold()),
                (double) count);
    }

    private static String singular(Frequency condition) {
        return switch (condition.measure()) {
            case EVENTS -> "event";
            case USERS -> "user";
        };
    }

    /** Such as "30 events in 1 hour, 200 % more than the 10 of 1 day before (over 100 %)". */
    public static Words of(Increase condition, long now, long before) {
        long percent = percent(now, before);
        return new Words(
                "%d %s in %s, %d %% more than the %d of %s before (over %d %%)"
                        .formatted(
                                now,
                                RuleSentence.word(condition.measure()),
                                RuleSentence.words(condition.window()),
                                percent,
                                before,
                                RuleSentence.words(condition.before()),
                                condition.percent()),
                (double) percent);
    }

    /** By how many percent there are more, rounded down. */
    public static long percent(long now, long before) {
        return (now - before) * 100 / before;
    }

    /** Whether there are so many percent more; never without any before. */
    public static boolean isIncrease(Increase condition, long now, long before) {
        return before > 0 && (now - before) * 100 > before * condition.percent();
    }

    /** Such as "97.50 % of 200 sessions in 1 hour were free of crashes (less than 99 %)". */
    public static Words of(CrashFreeBelow condition, double percent, long of) {
        return new Words(
                String.format(
                        Locale.ROOT,
                        "%.2f %% of %d %s in %s were free of crashes (less than %s %%)",
                        percent,
                        of,
                        RuleSentence.word(condition.rate()),
                        RuleSentence.words(condition.window()),
                        RuleSentence.number(condition.percent())),
                percent);
    }
}
