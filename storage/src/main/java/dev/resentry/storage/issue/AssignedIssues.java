package dev.resentry.storage.issue;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.project.ProjectId;
import java.util.Map;

/** The issues of a batch, as {@link IssueWriter} found or made them. */
public final class AssignedIssues {
    private final Map<IssueKey, Long> ids;

    AssignedIssues(Map<IssueKey, Long> ids) {
        this.ids = Map.copyOf(ids);
    }

    /**
     * The id of the issue that owns a hash.
     *
     * @throws IllegalStateException if no row of the batch has that hash
     */
    public long issueOf(ProjectId projectId, GroupingHash hash) {
        var key = new IssueKey(projectId, hash);
        Long id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException("no issue for " + key);
        }
        return id;
    }
}
