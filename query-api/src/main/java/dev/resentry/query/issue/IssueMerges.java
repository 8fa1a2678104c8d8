package dev.resentry.query.issue;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.merge.IssueMerge;
import dev.resentry.storage.merge.IssueMerge.Started;
import dev.resentry.storage.merge.IssueMerge.Unmerge;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Merges issues for actors and takes hashes out of one, and records that in the audit log in the same transaction. */
public final class IssueMerges {
    private final IssueSelection selection;
    private final IssueMerge merge;
    private final AuditLog audit;

    IssueMerges(IssueSelection selection, IssueMerge merge, AuditLog audit) {
        this.selection = selection;
        this.merge = merge;
        this.audit = audit;
    }

    /**
     * Makes one issue of several.
     *
     * @param chosen ids by project, as {@link IssueSelection#many} finds them
     * @param wanted which one stays; null for the one with the most events
     * @throws ApiException if they are of several projects, or too few
     */
    public Started merge(Actor actor, SortedMap<Long, List<Long>> chosen, @Nullable Long wanted) {
        if (chosen.size() > 1) {
            throw ApiException.invalid("ids", "issues of %d projects (expected: of one)".formatted(chosen.size()));
        }
        List<StoredIssue> issues = chosen.values().stream()
                .flatMap(List::stream)
                .map(id -> selection.one(actor, id))
                .toList();
        StoredIssue into = wanted == null ? largest(issues) : selection.one(actor, wanted);
        List<Long> others = issues.stream()
                .map(StoredIssue::id)
                .filter(id -> id != into.id())
                .toList();
        if (others.isEmpty()) {
            throw ApiException.invalid("ids", "nothing to merge (expected: two issues or more)");
        }
        return audit.inTransaction(() -> {
            Started started = merge.merge(into.projectId(), into.id(), others, IssueChanges.author(actor))
                    .orElseThrow(() -> ApiException.invalid("ids", "none of them is an issue of the same project"));
            record(actor, "issue.merged", into, Map.of("merged", others));
            return started;
        });
    }

    private static StoredIssue largest(List<StoredIssue> issues) {
        return issues.stream()
                .reduce((one, other) -> other.eventCount() > one.eventCount() ? other : one)
                .orElseThrow(() -> ApiException.invalid("ids", "no such issues (expected: two or more)"));
    }

    /** Takes hashes out of an issue that the actor sees: a new issue has them and their events from now on. */
    public Started unmerge(Actor actor, StoredIssue issue, List<String> hashes) {
        return audit.inTransaction(() -> {
            Unmerge result = merge.unmerge(issue.projectId(), issue.id(), hashes, IssueChanges.author(actor));
            Started started = switch (result) {
                case Unmerge.Begun(Started begun) -> begun;
                case Unmerge.NoIssue() -> throw ApiException.notFound("issue", issue.id());
                case Unmerge.UnknownHash() ->
                    throw ApiException.invalid("hashes", "not of this issue (expected: what its list of hashes shows)");
                case Unmerge.NothingLeft() ->
                    throw ApiException.invalid("hashes", "all that it has (expected: at least one stays)");
            };
            record(actor, "issue.unmerged", issue, Map.of("into", started.issueId(), "hashes", hashes));
            return started;
        });
    }

    private void record(Actor actor, String action, StoredIssue issue, Map<String, Object> after) {
        audit.record(actor, action, new AuditLog.Target("issue", issue.id(), issue.title()), null, after);
    }
}
