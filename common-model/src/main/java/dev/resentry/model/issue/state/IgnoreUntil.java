package dev.resentry.model.issue.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What ends the ignoring of an issue, whichever comes first; nothing if all are absent.
 *
 * @param time when it ends by itself
 * @param events how many further events end it
 * @param users how many further users end it
 * @param escalating whether far more events than before end it
 */
public record IgnoreUntil(
        @Nullable Instant time,
        @Nullable Further events,
        @Nullable Further users,
        boolean escalating) {
    /** For ever. */
    public static final IgnoreUntil NEVER = new IgnoreUntil(null, null, null, false);

    /** As long as it happens no more often than before. */
    public static final IgnoreUntil ESCALATING = new IgnoreUntil(null, null, null, true);

    /**
     * So many more of something. Without a window they are counted from the ignoring on; with one, those that happened
     * within it.
     *
     * @param more at least 1
     * @param window the latest so long; null from the ignoring on
     * @param before how many there were when it was ignored
     */
    public record Further(long more, @Nullable Duration window, long before) {
        public Further {
            if (more < 1) {
                throw new IllegalArgumentException("%d (expected: at least 1)".formatted(more));
            }
        }
    }

    /** The substatus of an issue that is ignored so. */
    public Substatus substatus() {
        if (time != null || events != null || users != null) {
            return Substatus.ARCHIVED_UNTIL_CONDITION_MET;
        }
        return escalating ? Substatus.ARCHIVED_UNTIL_ESCALATING : Substatus.ARCHIVED_FOREVER;
    }
}
