package dev.resentry.model.alert;

import java.time.Duration;

/** What has to happen for a rule to fire. All but the rates are about one issue. */
public sealed interface AlertCondition {

    /** The first event of an issue came. */
    record NewIssue() implements AlertCondition {}

    /** A resolved issue happened again. */
    record Regression() implements AlertCondition {}

    /** An ignored issue came back: what it was ignored until has come, or it happens far more often. */
    record Unignored() implements AlertCondition {}

    /** Any event. */
    record EveryEvent() implements AlertCondition {}

    /**
     * An issue had so many events, or users, within a window that ends now, by the events' own time.
     *
     * @param threshold that has to be exceeded, or reached
     * @param reaches whether the threshold itself is enough
     */
    record Frequency(Measure measure, long threshold, boolean reaches, Duration window) implements AlertCondition {
        /** The least count with which it is true. */
        public long least() {
            return reaches ? threshold : threshold + 1;
        }
    }

    /**
     * An issue had so many percent more events, or users, within a window that ends now than in the window of the same length that
     * ended {@code before} earlier. Without any in that one, it is not true.
     *
     * @param percent more; 100 is twice as many
     */
    record Increase(Measure measure, int percent, Duration window, Duration before) implements AlertCondition {}

    /**
     * Fewer sessions, or users, of the project were free of crashes within a window that ends now.
     *
     * @param percent below which the rate has to fall, 0 to 100
     * @param minimum sessions (or users) in the window, so that few of them say nothing
     */
    record CrashFreeBelow(Rate rate, double percent, Duration window, long minimum) implements AlertCondition {}

    /** A spike was found in the events of an issue, or of the whole project. */
    record Spike(Extent of) implements AlertCondition {}

    /** What is counted. */
    enum Measure {
        EVENTS,
        USERS
    }

    /** Whose part without a crash is meant. */
    enum Rate {
        SESSIONS,
        USERS
    }

    /** What a spike is of. */
    enum Extent {
        ISSUE,
        PROJECT
    }

    /** Whether it is decided by an event or a change of an issue, and not by looking at a project from time to time. */
    default boolean concernsIssue() {
        return switch (this) {
            case CrashFreeBelow _ -> false;
            case Spike(Extent of) -> of == Extent.ISSUE;
            case NewIssue _, Regression _, Unignored _, EveryEvent _, Frequency _, Increase _ -> true;
        };
    }
}
