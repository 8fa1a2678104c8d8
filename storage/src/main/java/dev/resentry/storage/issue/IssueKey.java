package dev.resentry.storage.issue;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.project.ProjectId;
import java.util.Comparator;

/** What finds an issue. */
record IssueKey(ProjectId projectId, GroupingHash hash) implements Comparable<IssueKey> {
    private static final Comparator<IssueKey> ORDER =
            Comparator.comparing(IssueKey::projectId).thenComparing(IssueKey::hash);

    @Override
    public int compareTo(IssueKey other) {
        return ORDER.compare(this, other);
    }
}
