package dev.resentry.query.issue;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.issue.IssueActivityEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Something that somebody did with an issue.
 *
 * @param actor of what no person did the one with the id 0
 * @param kind status, regression, unignored, escalating, ongoing, auto_resolved, recovered, commit_released, assignee,
 *     priority, comment, ticket, merge, unmerge, regroup or regroup_undone
 * @param data of a status, and of the six behind it, {@code from}, {@code to} and the {@code substatus} after it; of a
 *     status the {@code details} too, of the others the {@code reason}, of a regression the event with its release, and of
 *     commit_released the {@code commit} and the {@code release} that has it; of a priority {@code from} and {@code to}; of
 *     an assignee the same, each null or a user's {@code id} and {@code name}; of a comment {@code text}, and
 *     {@code edited_at} if it was changed; of a ticket its address as {@code to}, or as {@code from} when it was removed; of
 *     a merge the {@code issues} that are gone; of an unmerge the {@code hashes} and the issue that they went {@code into}
 *     or came {@code from}
 */
@Schema(name = "IssueActivity")
record ActivityResponse(
        long id,
        Instant at,
        ActorResponse actor,

        @Schema(
                allowableValues = {
                    "status",
                    "regression",
                    "unignored",
                    "escalating",
                    "ongoing",
                    "auto_resolved",
                    "recovered",
                    "commit_released",
                    "assignee",
                    "priority",
                    "comment",
                    "ticket",
                    "merge",
                    "unmerge",
                    "regroup",
                    "regroup_undone"
                })
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
