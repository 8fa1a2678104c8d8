package dev.resentry.processing.session;

import dev.resentry.model.event.EventId;
import dev.resentry.model.event.Timestamp;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.release.NameRule;
import dev.resentry.model.session.SessionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a session or a bucket.
 *
 * @param path where the object stands, with a final dot; empty for the whole document
 */
record SessionFields(JsonNode json, String path) {
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);
    private static final int MAX_ID = 200;
    private static final long MAX_COUNT = Integer.MAX_VALUE;
    private static final int SHOWN = 100;
    private static final UUID NONE = new UUID(0, 0);

    /** A time by our clock; null if there is none. */
    @Nullable
    Instant time(String name, Duration drift) {
        JsonNode given = json.path(name);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        Instant time = Timestamp.read(given);
        if (time == null || !time.isAfter(Instant.EPOCH)) {
            throw invalid(name, "seconds since 1970 or RFC 3339");
        }
        return time.plus(drift).truncatedTo(ChronoUnit.MICROS);
    }

    /** Refuses a time in which nothing is counted any more, or not yet. */
    void requireCounted(String name, Instant time, Instant receivedAt) {
        if (time.isBefore(receivedAt.minus(SessionTime.UPDATED_FOR))) {
            throw new RefusedSessionException(
                    DropReason.EXPIRED,
                    "%s%s: %s is more than %d days before it arrived"
                            .formatted(path, name, time, SessionTime.UPDATED_FOR.toDays()));
        }
        if (time.isAfter(receivedAt.plus(CLOCK_TOLERANCE))) {
            throw invalid(name, "at most %d seconds in the future".formatted(CLOCK_TOLERANCE.toSeconds()));
        }
    }

    String release() {
        String release = text("release");
        if (release == null || NameRule.RELEASE.fault(release).isPresent()) {
            throw invalid("release", NameRule.RELEASE.words());
        }
        return release;
    }

    /** One that breaks the rule is left out, as it does not make the session less. */
    @Nullable
    String environment() {
        String environment = text("environment");
        return environment == null || NameRule.ENVIRONMENT.fault(environment).isPresent() ? null : environment;
    }

    /** A UUID in one spelling, or another text as it is; null if there is none, which some SDKs write as zeros. */
    @Nullable
    String sessionId() {
        String id = text("sid");
        if (id == null) {
            return null;
        }
        if (id.length() > MAX_ID) {
            throw invalid("sid", "at most %d characters".formatted(MAX_ID));
        }
        Optional<EventId> uuid = EventId.parse(id);
        if (uuid.isEmpty()) {
            return id;
        }
        return uuid.get().value().equals(NONE) ? null : uuid.get().toString();
    }

    /** What users are told apart by; null if there is nothing, or the UUID of zeros. */
    @Nullable
    String user() {
        String user = text("did");
        return user == null
                        || EventId.parse(user)
                                .filter(uuid -> uuid.value().equals(NONE))
                                .isPresent()
                ? null
                : user;
    }

    /** A count, 0 if there is none. */
    long count(String name) {
        JsonNode given = json.path(name);
        if (given.isMissingNode() || given.isNull()) {
            return 0;
        }
        if (!given.isIntegralNumber()
                || !given.canConvertToLong()
                || given.asLong() < 0
                || given.asLong() > MAX_COUNT) {
            throw invalid(name, "a whole number from 0 to " + MAX_COUNT);
        }
        return given.asLong();
    }

    /** A text without white space around it, or a number as text; null if it is missing, blank or something else. */
    @Nullable
    String text(String name) {
        JsonNode given = json.path(name);
        String text = given.isString() || given.isNumber() ? given.asString().strip() : "";
        return text.isEmpty() ? null : text;
    }

    RefusedSessionException invalid(String name, String expected) {
        JsonNode given = json.path(name);
        String shown = given.isMissingNode() ? "missing" : given.toString();
        return RefusedSessionException.invalid(
                path + name, shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…", expected);
    }
}
