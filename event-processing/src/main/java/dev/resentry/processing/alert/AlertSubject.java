package dev.resentry.processing.alert;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.Level;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rules look at: an issue, and the event that made a condition true. Each part is asked for when a rule needs it, and once,
 * because it costs a query. Used by one thread.
 */
public final class AlertSubject {
    private final Once<EventSummary> summary;
    private final Once<AlertIssue> issue;
    private final Once<Event> event;
    private final Once<Optional<String>> latestRelease;

    /**
     * @param summary what lists show of the event
     * @param issue the issue as it is now
     * @param event the whole event; one without anything in it if its payload is not kept
     * @param latestRelease the newest release of the project
     */
    public AlertSubject(
            Supplier<EventSummary> summary,
            Supplier<AlertIssue> issue,
            Supplier<Event> event,
            Supplier<Optional<String>> latestRelease) {
        this.summary = new Once<>(summary);
        this.issue = new Once<>(issue);
        this.event = new Once<>(event);
        this.latestRelease = new Once<>(latestRelease);
    }

    public EventSummary summary() {
        return summary.get();
    }

    public AlertIssue issue() {
        return issue.get();
    }

    public Event event() {
        return event.get();
    }

    public Optional<String> latestRelease() {
        return latestRelease.get();
    }

    Level level() {
        return Level.parse(summary().level()).orElse(Level.ERROR);
    }

    private static final class Once<T> {
        private final Supplier<T> source;
        private @Nullable T value;

        Once(Supplier<T> source) {
            this.source = source;
        }

        T get() {
            T known = value;
            if (known == null) {
                known = source.get();
                value = known;
            }
            return known;
        }
    }
}
