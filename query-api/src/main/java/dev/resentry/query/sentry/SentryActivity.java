package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.StoredIssue;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that was done with an issue.
 *
 * @param user null if no person did it
 */
record SentryActivity(
        String id,
        String type,
        @Nullable ActivityUser user,
        @JsonProperty("sentry_app") @Nullable String sentryApp,
        Object data,
        Instant dateCreated) {

    record ActivityUser(
            String id,
            String name,
            String username,
            @Nullable String email) {}

    /** The first event, which ends each list. */
    static SentryActivity firstSeen(StoredIssue issue) {
        return new SentryActivity(
                "0",
                "first_seen",
                null,
                null,
                Map.of("priority", issue.priority().wireName()),
                issue.firstSeen());
    }

    static SentryActivity of(IssueActivityEntry entry) {
        JsonNode data = UntrustedJson.STORED.tree(entry.dataJson());
        return new SentryActivity(
                String.valueOf(entry.id()),
                type(entry.kind(), data),
                entry.actorId() == 0
                        ? null
                        : new ActivityUser(String.valueOf(entry.actorId()), entry.actorName(), entry.actorName(), null),
                null,
                data(entry.kind(), data),
                entry.at());
    }

    private static String type(String kind, JsonNode data) {
        return switch (kind) {
            case "status" ->
                switch (data.path("to").asString("")) {
                    case "resolved" ->
                        data.at("/details/in_commit").isObject()
                                ? "set_resolved_in_commit"
                                : isInRelease(data) ? "set_resolved_in_release" : "set_resolved";
                    case "ignored" -> "set_ignored";
                    default -> "set_unresolved";
                };
            case "regression" -> "set_regression";
            case "unignored" -> "set_unresolved";
            case "escalating" -> "set_escalating";
            case "ongoing" -> "auto_set_ongoing";
            case "auto_resolved" -> "set_resolved_by_age";
            case "recovered" -> "set_resolved";
            case "commit_released" -> "set_resolved_in_release";
            case "assignee" -> data.path("to").isObject() ? "assigned" : "unassigned";
            case "priority" -> "set_priority";
            case "comment" -> "note";
            case "ticket" -> "create_issue";
            case "unmerge" -> data.has("from") ? "unmerge_destination" : "unmerge_source";
            case "regroup", "regroup_undone" -> "reprocess";
            default -> kind;
        };
    }

    private static boolean isInRelease(JsonNode data) {
        return data.at("/details/in_release").isString()
                || data.at("/details/in_next_release").asBoolean(false);
    }

    private static Object data(String kind, JsonNode data) {
        return switch (kind) {
            case "comment" -> Map.of("text", data.path("text").asString(""));
            case "status" ->
                data.at("/details/in_release").isString()
                        ? Map.of("version", data.at("/details/in_release").asString())
                        : data;
            case "commit_released" -> Map.of("version", data.path("release").asString(""));
            case "assignee" ->
                data.path("to").isObject()
                        ? Map.of(
                                "assignee",
                                data.at("/to/id").asString(""),
                                "assigneeType",
                                "user",
                                "assigneeName",
                                data.at("/to/name").asString(""))
                        : Map.of();
            case "priority" -> Map.of("priority", data.path("to").asString(""));
            default -> data;
        };
    }
}
