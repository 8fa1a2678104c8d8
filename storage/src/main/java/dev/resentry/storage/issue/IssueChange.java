package dev.resentry.storage.issue;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of issues; null leaves it as it is.
 *
 * @param status unresolved, resolved or ignored
 */
public record IssueChange(@Nullable String status, @Nullable Assignment assignment) {}
