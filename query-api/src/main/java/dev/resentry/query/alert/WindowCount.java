package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.storage.alert.PastEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts the events, or users, of an issue in a window that moves on, by the events' own time. */
final class WindowCount {
    private final Measure measure;
    private final Duration window;
    private final Duration before;

    private final PriorityQueue<PastEvent> toCome = byTime();
    private final PriorityQueue<PastEvent> inside = byTime();
    private final Map<Long, Integer> users = new HashMap<>();

    /** @param before how long before now the window ends */
    WindowCount(Measure measure, Duration window, Duration before) {
        this.measure = measure;
        this.window = window;
        this.before = before;
    }

    /** Adds an event that has arrived. */
    void add(PastEvent event) {
        toCome.add(event);
    }

    /** How many there are in the window; now may not go back. */
    long at(Instant now) {
        Instant end = now.minus(before);
        for (PastEvent next = toCome.peek(); next != null && !next.occurredAt().isAfter(end); next = toCome.peek()) {
            inside.add(toCome.remove());
            if (next.userHash() != null) {
                users.merge(next.userHash(), 1, Integer::sum);
            }
        }
        Instant begin = end.minus(window);
        for (PastEvent first = inside.peek();
                first != null && first.occurredAt().isBefore(begin);
                first = inside.peek()) {
            inside.remove();
            if (first.userHash() != null) {
                users.computeIfPresent(first.userHash(), (_, count) -> count == 1 ? null : count - 1);
            }
        }
        return switch (measure) {
            case EVENTS -> inside.size();
            case USERS -> users.size();
        };
    }

    private static PriorityQueue<PastEvent> byTime() {
        return new PriorityQueue<>(Comparator.comparing(PastEvent::occurredAt));
    }
}
