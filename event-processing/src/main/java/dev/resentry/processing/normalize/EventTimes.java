package dev.resentry.processing.normalize;

import dev.resentry.processing.meta.EventErrors.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The times of an event by our clock (ingest protocol, section 8.2). */
final class EventTimes {
    private static final String EXPECTED = "expected seconds since 1970 or RFC 3339, after 1970";

    private EventTimes() {}

    /** Corrects all times of an event. When it happened. */
    static Instant apply(Draft draft) {
        ObjectNode event = draft.json();
        SenderClock clock = draft.context().clock();
        Instant received = clock.receivedAt();
        Instant own = Timestamps.parse(event.path("timestamp"));
        if (own == null) {
            Texts.remove(draft, event, "timestamp", Path.EVENT, EXPECTED);
        }
        Duration drift = isCorrected(event, received) ? Duration.ZERO : clock.drift();
        Instant sentAt = clock.sentAt();
        if (!drift.isZero() && sentAt != null) {
            draft.errors()
                    .time(
                            Kind.CLOCK_DRIFT,
                            "timestamp",
                            sentAt,
                            received,
                            "all times were moved by the drift of the clock");
        }
        Duration shift = own == null ? drift : drift.plus(intoThePresent(draft, own.plus(drift), clock));
        Instant occurred = own == null ? received : own.plus(shift).truncatedTo(ChronoUnit.MICROS);
        event.put("timestamp", occurred.toString());
        event.put("received", received.toString());
        others(draft, shift);
        return occurred;
    }

    /** An event that has been through here says when it was received. */
    private static boolean isCorrected(ObjectNode event, Instant received) {
        JsonNode given = event.path("received");
        return given.isString() && given.asString().equals(received.toString());
    }

    /** How far an event is to be moved that lies in the future, or before all times after a correction. */
    private static Duration intoThePresent(Draft draft, Instant time, SenderClock clock) {
        Instant received = clock.receivedAt();
        if (clock.isAhead(time)) {
            draft.errors().time(Kind.FUTURE_TIMESTAMP, "timestamp", time, received, "the timestamp lies in the future");
            return Duration.between(time, received);
        }
        return time.isAfter(Instant.EPOCH) ? Duration.ZERO : Duration.between(time, received);
    }

    private static void others(Draft draft, Duration shift) {
        ObjectNode event = draft.json();
        move(draft, event, "start_timestamp", Path.EVENT, shift);
        JsonNode breadcrumbs = event.path("breadcrumbs").path("values");
        Path path = Path.EVENT.at("breadcrumbs").at("values");
        for (int i = 0; i < breadcrumbs.size(); i++) {
            if (breadcrumbs.get(i) instanceof ObjectNode breadcrumb) {
                move(draft, breadcrumb, "timestamp", path.at(i), shift);
            }
        }
        JsonNode spans = event.path("spans");
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i) instanceof ObjectNode span) {
                move(draft, span, "start_timestamp", Path.EVENT.at("spans").at(i), shift);
                move(draft, span, "timestamp", Path.EVENT.at("spans").at(i), shift);
            }
        }
    }

    /** Moves a time; one that is none goes. */
    private static void move(Draft draft, ObjectNode object, String name, Path parent, Duration shift) {
        JsonNode given = object.get(name);
        if (given == null) {
            return;
        }
        @Nullable Instant own = Timestamps.parse(given);
        Instant moved = own == null ? null : own.plus(shift).truncatedTo(ChronoUnit.MICROS);
        if (moved == null || !moved.isAfter(Instant.EPOCH)) {
            Texts.remove(draft, object, name, parent, EXPECTED);
        } else if (!shift.isZero()) {
            object.put(name, moved.toString());
        }
    }
}
