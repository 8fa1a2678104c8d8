package dev.resentry.storage.issue;

import org.jspecify.annotations.Nullable;

/**
 * Which issues are wanted; null wants all.
 *
 * @param titlePart a text that the title holds, without regard to case
 */
public record IssueFilter(
        @Nullable Long projectId,
        @Nullable String status,
        @Nullable String titlePart) {}
