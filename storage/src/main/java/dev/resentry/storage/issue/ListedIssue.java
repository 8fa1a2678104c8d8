package dev.resentry.storage.issue;

/**
 * An issue in a list.
 *
 * @param position behind which the next page begins if it is the last one
 */
public record ListedIssue(StoredIssue issue, IssuePosition position) {}
