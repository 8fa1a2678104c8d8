package dev.resentry.query.issue;

import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.deletion.IssueDeletion;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueChange;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.issue.RefusedChange;
import dev.resentry.storage.issue.StoredIssue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes issues for actors, and records that in the audit log in the same transaction. */
public final class IssueChanges {
    /** As many are locked at once. */
    private static final int AT_ONCE = 500;

    private final IssueStore store;
    private final IssueDeletion deletion;
    private final AuditLog audit;

    IssueChanges(IssueStore store, IssueDeletion deletion, AuditLog audit) {
        this.store = store;
        this.deletion = deletion;
        this.audit = audit;
    }

    /** Who acts, as an issue's activity shows it. */
    public static Author author(Actor actor) {
        return new Author(actor.userId(), actor.name(), actor.email());
    }

    /**
     * Changes an issue that the actor sees.
     *
     * @throws ApiException if it is to be assigned to a user who is not there
     */
    public void change(Actor actor, StoredIssue issue, IssueChange change) {
        StoredIssue.Assignee assignee = issue.assignee();
        Map<String, @Nullable Object> before = values(
                change,
                issue.status(),
                assignee == null ? null : assignee.id(),
                issue.priority().wireName());
        audit.inTransaction(() -> {
            if (!apply(List.of(issue.id()), change, actor).isEmpty()) {
                audit.record(
                        actor,
                        "issue.changed",
                        new AuditLog.Target("issue", issue.id(), issue.title()),
                        before,
                        after(change));
            }
            return true;
        });
    }

    /** Changes issues that the actor sees, some at a time; how many were not as wanted before. */
    public int change(Actor actor, List<Long> ids, IssueChange change) {
        int changed = 0;
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<Long> some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
            changed += audit.inTransaction(() -> {
                Collection<Long> done = apply(some, change, actor);
                if (!done.isEmpty()) {
                    record(actor, "issue.changed", done, after(change));
                }
                return done.size();
            });
        }
        return changed;
    }

    /** Deletes issues of a project that the actor sees; empty if none of them is there any more. */
    public Optional<IssueDeletion.Started> delete(Actor actor, long project, List<Long> ids) {
        return audit.inTransaction(() -> {
            Optional<IssueDeletion.Started> started = deletion.start(project, ids, author(actor));
            if (started.isPresent()) {
                record(actor, "issue.deleted", ids, null);
            }
            return started;
        });
    }

    /** Records what was done with many issues at once. */
    private void record(
            Actor actor, String action, Collection<Long> ids, @Nullable Map<String, @Nullable Object> after) {
        List<Long> sorted = new ArrayList<>(ids);
        sorted.sort(null);
        audit.record(
                actor,
                action,
                new AuditLog.Target("issue", sorted.getFirst(), "%d issues".formatted(sorted.size())),
                Map.of("ids", sorted),
                after);
    }

    private Collection<Long> apply(List<Long> ids, IssueChange change, Actor actor) {
        try {
            return store.change(ids, change, author(actor));
        } catch (RefusedChange e) {
            throw ApiException.invalid(e.field(), String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> after(IssueChange change) {
        StatusWish wish = change.status();
        Map<String, @Nullable Object> values = values(
                change,
                wish == null ? null : wish.status(),
                change.assignment() instanceof Assignment.To(long id) ? id : null,
                change.priority() == null ? null : change.priority().wireName());
        if (wish != null) {
            values.putAll(details(wish));
        }
        return values;
    }

    /** What is said of a status, by the names of the API. */
    private static Map<String, Object> details(StatusWish wish) {
        Map<String, Object> details = new LinkedHashMap<>();
        switch (wish) {
            case StatusWish.Unresolve() -> {}
            case StatusWish.Resolve(StatusWish.From from) -> {
                switch (from) {
                    case StatusWish.From.Everywhere() -> {}
                    case StatusWish.From.Release(String version) -> details.put("in_release", version);
                    case StatusWish.From.LatestRelease() -> details.put("in_release", "latest");
                    case StatusWish.From.NextRelease() -> details.put("in_next_release", true);
                    case StatusWish.From.Commit(String commit, String repository) ->
                        details.put(
                                "in_commit",
                                repository == null
                                        ? Map.of("commit", commit)
                                        : Map.of("commit", commit, "repository", repository));
                }
            }
            case StatusWish.Ignore(var until, var events, var users, var escalating) -> {
                if (until != null) {
                    details.put("ignore_until", until.toString());
                }
                putFurther(details, "ignore_count", "ignore_window", events);
                putFurther(details, "ignore_user_count", "ignore_user_window", users);
                if (escalating) {
                    details.put("until_escalating", true);
                }
            }
        }
        return details.isEmpty() ? Map.of() : Map.of("status_details", details);
    }

    private static void putFurther(
            Map<String, Object> details, String count, String window, StatusWish.@Nullable Further further) {
        if (further != null) {
            details.put(count, further.more());
            if (further.window() != null) {
                details.put(window, further.window().toMinutes());
            }
        }
    }

    private static Map<String, @Nullable Object> values(
            IssueChange change, @Nullable String status, @Nullable Long assignee, @Nullable String priority) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (change.status() != null) {
            values.put("status", status);
        }
        if (change.assignment() != null) {
            values.put("assigned_to", assignee);
        }
        if (change.priority() != null) {
            values.put("priority", priority);
        }
        return values;
    }
}
