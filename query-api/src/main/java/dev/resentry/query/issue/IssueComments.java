package dev.resentry.query.issue;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.issue.IssueActivityEntry;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.StoredIssue;
import java.util.Map;

/** Comments on issues that an actor sees: anybody's to read, one's own to change. */
public final class IssueComments {
    public static final int MAX_TEXT = 10_000;

    private final IssueActivityStore store;
    private final AuditLog audit;

    IssueComments(IssueActivityStore store, AuditLog audit) {
        this.store = store;
        this.audit = audit;
    }

    public IssueActivityEntry add(Actor actor, StoredIssue issue, String text) {
        return store.comment(issue.id(), text, IssueChanges.author(actor))
                .orElseThrow(() -> ApiException.notFound("issue", issue.id()));
    }

    /**
     * Changes a comment of the actor's own.
     *
     * @throws ApiException if it is of somebody else
     */
    public IssueActivityEntry edit(Actor actor, StoredIssue issue, long comment, String text) {
        if (existing(issue, comment).actorId() != actor.userId()) {
            throw ApiException.forbidden("Only who wrote a comment may change it");
        }
        return store.editComment(issue.id(), comment, text)
                .orElseThrow(() -> ApiException.notFound("comment", comment));
    }

    /**
     * Removes a comment.
     *
     * @throws ApiException if it is of somebody else, unless the actor has the scope {@code event:admin}
     */
    public void remove(Actor actor, StoredIssue issue, long comment) {
        IssueActivityEntry before = existing(issue, comment);
        if (before.actorId() != actor.userId() && !actor.may(Scope.EVENT_ADMIN)) {
            throw ApiException.forbidden("A comment of somebody else is removed with the scope event:admin");
        }
        audit.inTransaction(() -> {
            if (store.deleteComment(issue.id(), comment)) {
                audit.record(
                        actor,
                        "issue.comment_deleted",
                        new AuditLog.Target("issue", issue.id(), issue.title()),
                        Map.of("comment", comment, "by", before.actorName()),
                        null);
            }
            return true;
        });
    }

    private IssueActivityEntry existing(StoredIssue issue, long comment) {
        return store.find(issue.id(), comment)
                .filter(entry -> entry.kind().equals("comment"))
                .orElseThrow(() -> ApiException.notFound("comment", comment));
    }
}
