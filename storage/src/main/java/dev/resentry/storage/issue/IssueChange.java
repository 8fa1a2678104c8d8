package dev.resentry.storage.issue;

import dev.resentry.model.issue.state.Priority;
import dev.resentry.model.issue.state.StatusWish;
import org.jspecify.annotations.Nullable;

/** What is to become of issues; null leaves it as it is. */
public record IssueChange(
        @Nullable StatusWish status,
        @Nullable Assignment assignment,
        @Nullable Priority priority) {}
