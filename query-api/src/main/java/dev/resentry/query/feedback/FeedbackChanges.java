package dev.resentry.query.feedback;

import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.feedback.FeedbackStore;
import dev.resentry.storage.feedback.FeedbackStore.Change;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes feedback for actors, and records that in the audit log in the same transaction. */
final class FeedbackChanges {
    private final FeedbackStore store;
    private final ProjectSelection projects;
    private final AuditLog audit;
    private final InstantSource clock;

    FeedbackChanges(FeedbackStore store, ProjectSelection projects, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.projects = projects;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Changes feedback so far as the actor sees it; how much was not as wanted before. What people wrote is not put into the log.
     *
     * @throws ApiException if it is to be assigned to a user who is not there
     */
    int change(Actor actor, Collection<EventId> ids, Change change) {
        Long assignee = change.assignee();
        if (assignee != null && !store.isActiveUser(assignee)) {
            throw ApiException.invalid("assigned_to", "%d (expected: the id of an active user)".formatted(assignee));
        }
        return audit.inTransaction(() -> {
            Set<EventId> changed = store.change(
                    ids,
                    change,
                    projects.of(actor),
                    actor.email(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
            if (!changed.isEmpty()) {
                List<String> sorted = changed.stream().map(EventId::toString).toList();
                audit.record(
                        actor,
                        "feedback.changed",
                        new AuditLog.Target(
                                "feedback",
                                sorted.getFirst(),
                                sorted.size() == 1 ? "" : "%d pieces of feedback".formatted(sorted.size())),
                        sorted.size() == 1 ? null : Map.of("ids", sorted),
                        after(change));
            }
            return changed.size();
        });
    }

    private static Map<String, @Nullable Object> after(Change change) {
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        if (change.status() != null) {
            after.put("status", change.status().wireName());
        }
        if (change.assigns()) {
            after.put("assigned_to", change.assignee());
        }
        return after;
    }
}
