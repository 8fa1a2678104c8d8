package dev.resentry.model.alert;

import dev.resentry.model.event.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an issue, and the event that made a condition true, have to be like. */
public sealed interface AlertFilter {

    /** The event's level. */
    record OfLevel(Order order, Level level) implements AlertFilter {}

    /** The event's release; {@code latest} is the newest one of the project. */
    record OfRelease(TextTest test) implements AlertFilter {}

    /** The event's release is the newest of the project. */
    record LatestRelease() implements AlertFilter {}

    /** A tag of the event. */
    record Tag(String key, TextTest test) implements AlertFilter {}

    /** An attribute of the event, by the names of Sentry's rules ({@code exception.type}, {@code user.email}, {@code http.url} …). */
    record Attribute(String name, TextTest test) implements AlertFilter {}

    /** How long ago the first event happened. */
    record Age(boolean older, Duration than) implements AlertFilter {}

    /** The issue has had so many events at least, ever. */
    record Occurrences(long atLeast) implements AlertFilter {}

    /**
     * Whose the issue is.
     *
     * @param id of the user or team; null for the others
     */
    record Assigned(Assignee to, @Nullable Long id) implements AlertFilter {}

    /** Compares levels. */
    enum Order {
        EQUAL,
        AT_LEAST,
        AT_MOST
    }

    /** Whose an issue can be. */
    enum Assignee {
        NOBODY,
        ANYBODY,
        USER,
        TEAM
    }

    /**
     * A test of a text, without regard to case.
     *
     * @param values one, but for {@code IN} and {@code NOT_IN}; none for {@code SET} and {@code NOT_SET}
     */
    record TextTest(Operator operator, List<String> values) {
        public TextTest {
            values = List.copyOf(values);
        }
    }

    /** How a text is tested. */
    enum Operator {
        EQUALS,
        NOT_EQUALS,
        STARTS_WITH,
        NOT_STARTS_WITH,
        ENDS_WITH,
        NOT_ENDS_WITH,
        CONTAINS,
        NOT_CONTAINS,
        SET,
        NOT_SET,
        IN,
        NOT_IN
    }
}
