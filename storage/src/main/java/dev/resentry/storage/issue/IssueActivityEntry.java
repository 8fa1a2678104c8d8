package dev.resentry.storage.issue;

import java.time.Instant;

/**
 * Something that somebody did with an issue.
 *
 * @param actorId who; the user may be gone
 * @param kind status, regression, unignored, escalating, ongoing, auto_resolved, recovered, assignee, priority, comment, ticket, merge,
 *     unmerge, regroup or regroup_undone
 * @param dataJson of a status {@code from} and {@code to}; of an assignee the same with id and name or null; of a comment
 *     {@code text}, and {@code edited_at} if it was changed; of a ticket its address as {@code from} or {@code to}; of a
 *     merge the {@code issues} that are gone; of an unmerge the {@code hashes} and the issue that they went {@code into} or
 *     came {@code from}
 */
public record IssueActivityEntry(long id, Instant at, long actorId, String actorName, String kind, String dataJson) {}
