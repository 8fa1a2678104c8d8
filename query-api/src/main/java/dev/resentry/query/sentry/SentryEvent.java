package dev.resentry.query.sentry;

import static dev.resentry.query.sentry.SentryFrames.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.storage.event.EventNeighbours;
import dev.resentry.storage.event.StoredEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event whole.
 *
 * @param context what SDKs call {@code extra}
 * @param packages libraries of the program with their versions
 */
record SentryEvent(
        String id,
        String eventID,
        String groupID,
        String projectID,
        String title,
        String message,
        String type,
        @Nullable String culprit,
        @Nullable String location,
        @Nullable String platform,
        @Nullable String dist,
        @Nullable ReleaseName release,
        Instant dateCreated,
        Instant dateReceived,
        List<SentryEventSummary.Tag> tags,
        @Nullable Map<String, @Nullable Object> user,
        Object contexts,
        Object context,
        Object packages,
        @Nullable Object sdk,
        List<SentryEntries.Entry> entries,
        Object errors,
        Map<String, @Nullable Object> metadata,
        Object fingerprints,
        int size,
        @Nullable Object occurrence,
        @JsonProperty("_meta") Object meta,
        @Nullable String previousEventID,
        @Nullable String nextEventID) {

    /** A release by its version. */
    record ReleaseName(String version, String shortVersion) {}

    static SentryEvent of(StoredEvent stored, EventNeighbours neighbours) {
        JsonNode event = UntrustedJson.STORED.tree(stored.payloadJson());
        JsonNode exception = event.path("exception").path("values");
        JsonNode last = exception.path(exception.size() - 1);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("title", stored.title());
        if (last.isObject()) {
            metadata.put("type", text(last, "type"));
            metadata.put("value", text(last, "value"));
        }
        return new SentryEvent(
                stored.id().toString(),
                stored.id().toString(),
                String.valueOf(stored.issueId()),
                String.valueOf(stored.projectId()),
                stored.title(),
                new Event(event).logEntry().formatted(),
                last.isObject() ? "error" : "default",
                stored.culprit(),
                stored.transaction(),
                stored.platform(),
                text(event, "dist"),
                stored.release() == null
                        ? null
                        : new ReleaseName(
                                stored.release(),
                                ReleaseVersion.parse(stored.release()).shortForm()),
                stored.occurredAt(),
                stored.receivedAt(),
                SentryEventSummary.tags(
                        stored.tagsJson(),
                        stored.level(),
                        stored.environment(),
                        stored.release(),
                        stored.transaction()),
                user(event.path("user")),
                object(event, "contexts"),
                object(event, "extra"),
                object(event, "modules"),
                event.path("sdk").isObject() ? event.path("sdk") : null,
                SentryEntries.of(event),
                event.path("errors").isArray() ? event.path("errors") : List.of(),
                metadata,
                event.path("fingerprint").isArray() ? event.path("fingerprint") : List.of(),
                stored.payloadJson().length(),
                null,
                object(event, "_meta"),
                neighbours.previous() == null ? null : neighbours.previous().toString(),
                neighbours.next() == null ? null : neighbours.next().toString());
    }

    private static Object object(JsonNode event, String field) {
        return event.path(field).isObject() ? event.path(field) : Map.of();
    }

    private static @Nullable Map<String, @Nullable Object> user(JsonNode user) {
        if (!user.isObject()) {
            return null;
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        for (String field : new String[] {"id", "email", "username", "ip_address", "name"}) {
            answer.put(field, text(user, field));
        }
        answer.put("geo", user.path("geo").isObject() ? user.path("geo") : null);
        answer.put("data", user.path("data").isObject() ? user.path("data") : null);
        return answer;
    }
}
