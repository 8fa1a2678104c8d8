package dev.resentry.processing.session;

import dev.resentry.model.session.SessionHealth;
import dev.resentry.model.session.SessionTime;
import dev.resentry.processing.normalize.SenderClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what SDKs send of sessions: updates of one, and counts of many (ingest protocol, sections 6.1 and 6.2). */
public final class SessionReader {
    /** SDKs send up to 100. */
    private static final int MAX_BUCKETS = 1_000;

    private static final Set<String> ENDS = Set.of("exited", "crashed", "abnormal");

    private SessionReader() {}

    /**
     * Reads an update.
     *
     * @param fallbackId the id of a session that has none
     */
    public static SessionReading<SessionUpdate> update(ObjectNode json, SenderClock clock, String fallbackId) {
        try {
            return new SessionReading.Read<>(read(json, clock, fallbackId));
        } catch (RefusedSessionException e) {
            return dropped(e);
        }
    }

    /** Reads buckets. One whose time is out of range goes alone; if none is left, so does the item. */
    public static SessionReading<List<SessionBucket>> buckets(ObjectNode json, SenderClock clock) {
        try {
            return new SessionReading.Read<>(read(json, clock));
        } catch (RefusedSessionException e) {
            return dropped(e);
        }
    }

    private static <T> SessionReading<T> dropped(RefusedSessionException e) {
        return new SessionReading.Dropped<>(e.reason(), String.valueOf(e.getMessage()));
    }

    private static SessionUpdate read(ObjectNode json, SenderClock clock, String fallbackId) {
        var fields = new SessionFields(json, "");
        Instant started = started(fields, clock);
        Instant timestamp = fields.time("timestamp", clock.drift());
        if (timestamp == null) {
            timestamp = clock.receivedAt();
        }
        fields.requireCounted("timestamp", timestamp.isBefore(started) ? started : timestamp, clock.receivedAt());
        SessionFields attributes = attributes(json);
        String status = fields.text("status");
        String id = fields.sessionId();
        return new SessionUpdate(
                new SessionPlace(attributes.release(), attributes.environment(), started),
                id == null ? fallbackId : id,
                json.path("init").asBoolean(false),
                SessionHealth.of(status == null ? "ok" : status, fields.count("errors")),
                fields.user(),
                status != null && ENDS.contains(status) ? duration(json.path("duration")) : null);
    }

    private static List<SessionBucket> read(ObjectNode json, SenderClock clock) {
        JsonNode aggregates = json.path("aggregates");
        if (!aggregates.isArray() || aggregates.size() > MAX_BUCKETS) {
            throw RefusedSessionException.invalid(
                    "aggregates",
                    aggregates.isArray() ? aggregates.size() + " buckets" : "no list",
                    "a list of at most %d buckets".formatted(MAX_BUCKETS));
        }
        SessionFields attributes = attributes(json);
        String release = attributes.release();
        String environment = attributes.environment();
        List<SessionBucket> buckets = new ArrayList<>();
        RefusedSessionException refused = null;
        for (int i = 0; i < aggregates.size(); i++) {
            var fields = new SessionFields(aggregates.get(i), "aggregates[%d].".formatted(i));
            try {
                Instant started = started(fields, clock);
                buckets.add(bucket(fields, new SessionPlace(release, environment, started)));
            } catch (RefusedSessionException e) {
                refused = e;
            }
        }
        if (refused != null && buckets.isEmpty()) {
            throw refused;
        }
        return buckets;
    }

    private static SessionBucket bucket(SessionFields fields, SessionPlace place) {
        return new SessionBucket(
                place,
                fields.count("exited"),
                fields.count("errored"),
                fields.count("unhandled"),
                fields.count("abnormal"),
                fields.count("crashed"),
                fields.user());
    }

    private static Instant started(SessionFields fields, SenderClock clock) {
        Instant started = fields.time("started", clock.drift());
        if (started == null) {
            throw fields.invalid("started", "when the session began");
        }
        fields.requireCounted("started", started, clock.receivedAt());
        return started;
    }

    private static SessionFields attributes(ObjectNode json) {
        return new SessionFields(json.path("attrs"), "attrs.");
    }

    /** Given in seconds. One that cannot be is left out. */
    private static @Nullable Duration duration(JsonNode given) {
        double seconds = given.isNumber() ? given.asDouble() : -1;
        return seconds >= 0 && seconds <= SessionTime.UPDATED_FOR.toSeconds()
                ? Duration.ofMillis(Math.round(seconds * 1000))
                : null;
    }
}
