package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.event.EventSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as lists show it: without what would have to be read from its payload, such as its user. */
record SentryEventSummary(
        String id,
        String eventID,
        String groupID,
        String projectID,
        @JsonProperty("event.type") String type,
        String title,
        String message,
        @Nullable String culprit,
        @Nullable String location,
        @Nullable Object user,
        List<Tag> tags,
        @Nullable String platform,
        Instant dateCreated,
        Instant dateReceived,
        @Nullable String crashFile) {

    record Tag(String key, String value) {}

    static SentryEventSummary of(EventSummary event) {
        return new SentryEventSummary(
                event.id().toString(),
                event.id().toString(),
                String.valueOf(event.issueId()),
                String.valueOf(event.projectId()),
                "error",
                event.title(),
                event.message() == null ? "" : event.message(),
                event.culprit(),
                event.transaction(),
                null,
                tags(event.tagsJson(), event.level(), event.environment(), event.release(), event.transaction()),
                event.platform(),
                event.occurredAt(),
                event.receivedAt(),
                null);
    }

    /** Its own, and behind them what clients look for among them: Sentry shows some fields of an event as tags only. */
    static List<Tag> tags(
            String json,
            String level,
            @Nullable String environment,
            @Nullable String release,
            @Nullable String transaction) {
        Map<String, String> tags = new LinkedHashMap<>();
        UntrustedJson.STORED
                .tree(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        tags.putIfAbsent("level", level);
        putIfGiven(tags, "environment", environment);
        putIfGiven(tags, "release", release);
        putIfGiven(tags, "transaction", transaction);
        return tags.entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
    }

    private static void putIfGiven(Map<String, String> tags, String key, @Nullable String value) {
        if (value != null) {
            tags.putIfAbsent(key, value);
        }
    }
}
