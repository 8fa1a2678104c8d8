package dev.resentry.processor.webhook;

import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.webhook.WebhookEvent;
import dev.resentry.storage.webhook.WebhookSubjects.NamedProject;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Something that happened, with what it is about as that is now.
 *
 * @param issue null if it is about a release or a project
 * @param entry of the issue's activity; null if there is none
 */
record Happening(
        WebhookEvent event,
        ProcessedRecord record,
        NamedProject project,
        @Nullable StoredIssue issue,
        @Nullable IssueActivityEntry entry) {
    /** What activities say that a status is another one now, for whatever reason. */
    private static final Set<String> OF_STATUS = Set.of("status", "auto_resolved", "recovered");

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Who did it, by the e-mail address; null if an event or time did. */
    @Nullable
    String by() {
        return switch (record) {
            case IssueActivity activity -> activity.changedBy();
            case ReleaseActivity release -> release.changedBy();
            case AlertFired _, ProcessedRecord.ItemStored _, ProcessedRecord.DataChange _ -> null;
        };
    }

    /** What the activity says besides. */
    JsonNode data() {
        return data(entry);
    }

    private static JsonNode data(@Nullable IssueActivityEntry entry) {
        return entry == null ? JsonNodeFactory.instance.objectNode() : JSON.readTree(entry.dataJson());
    }

    /** The text of the comment that was made; empty if it is none. */
    String comment() {
        return entry != null && entry.kind().equals("comment")
                ? data().path("text").asString("")
                : "";
    }

    /** What a record of an issue means to webhooks; empty if nothing, as a change of its priority does. */
    static Optional<WebhookEvent> eventOf(IssueActivity activity, @Nullable IssueActivityEntry entry) {
        return switch (activity.kind()) {
            case NEW -> Optional.of(WebhookEvent.ISSUE_CREATED);
            case REGRESSED -> Optional.of(WebhookEvent.ISSUE_REGRESSED);
            case UNIGNORED, ESCALATED -> Optional.of(WebhookEvent.ISSUE_UNRESOLVED);
            case ASSIGNED -> Optional.of(WebhookEvent.ISSUE_ASSIGNED);
            case COMMENTED -> Optional.of(WebhookEvent.COMMENT_CREATED);
            case DELETED -> Optional.empty();
            case CHANGED -> entry == null ? Optional.empty() : eventOfStatus(entry);
        };
    }

    private static Optional<WebhookEvent> eventOfStatus(IssueActivityEntry entry) {
        if (!OF_STATUS.contains(entry.kind())) {
            return Optional.empty();
        }
        JsonNode data = data(entry);
        String to = data.path("to").asString("");
        if (to.equals(data.path("from").asString(""))) {
            return Optional.empty();
        }
        return switch (to) {
            case "resolved" -> Optional.of(WebhookEvent.ISSUE_RESOLVED);
            case "ignored" -> Optional.of(WebhookEvent.ISSUE_IGNORED);
            case "unresolved" -> Optional.of(WebhookEvent.ISSUE_UNRESOLVED);
            default -> Optional.empty();
        };
    }
}
