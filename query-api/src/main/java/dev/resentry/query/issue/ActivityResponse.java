package dev.resentry.query.issue;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.issue.IssueActivityEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Something that somebody did with an issue.
 *
 * @param kind status, assignee, comment, merge or unmerge
 * @param data of a status {@code from} and {@code to}; of an assignee the same, each null or a user's {@code id} and {@code name}; of
 *     a comment {@code text}, and {@code edited_at} if it was changed; of a merge the {@code issues} that are gone; of an unmerge the
 *     {@code hashes} and the issue that they went {@code into} or came {@code from}
 */
@Schema(name = "IssueActivity")
record ActivityResponse(
        long id,
        Instant at,
        ActorResponse actor,

        @Schema(allowableValues = {"status", "assignee", "comment", "merge", "unmerge"})
        String kind,

        @Schema(type = "object") Object data) {
    static ActivityResponse of(IssueActivityEntry entry) {
        return new ActivityResponse(
                entry.id(),
                entry.at(),
                new ActorResponse(entry.actorId(), entry.actorName()),
                entry.kind(),
                UntrustedJson.STORED.tree(entry.dataJson()));
    }
}
