package dev.resentry.model.issue.state;

import java.time.Duration;
import java.time.Instant;

/** What was counted of an issue, the events that are judged among it. */
public interface IssueCounts {
    /** How many events it ever had. */
    long events();

    /** How many users its events happened to. */
    long users();

    /** How many events happened after both a time and the begin of a window that ends now. */
    long events(Instant after, Duration window);

    /** How many users these events happened to. */
    long users(Instant after, Duration window);
}
