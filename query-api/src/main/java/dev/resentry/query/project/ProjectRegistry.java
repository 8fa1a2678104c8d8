package dev.resentry.query.project;

import dev.resentry.model.project.Quota;
import dev.resentry.model.project.Slug;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectDetails;
import dev.resentry.storage.project.ProjectStatus;
import dev.resentry.storage.project.ProjectStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** Adds and changes projects and their keys for actors: with an entry in the audit log, and gateways are told. */
public final class ProjectRegistry {
    private final ProjectStore projects;
    private final ProjectChanges changes;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final URI publicUrl;

    ProjectRegistry(
            ProjectStore projects, ProjectChanges changes, ProjectAccess access, AuditLog audit, URI publicUrl) {
        this.projects = projects;
        this.changes = changes;
        this.access = access;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    /**
     * Adds a project.
     *
     * @param slug null for one made of the name
     * @throws ApiException conflict, if the slug is taken
     */
    public Project add(Actor actor, String name, @Nullable String slug, @Nullable String platform) {
        for (int attempt = 1; ; attempt++) {
            String candidate = slug == null ? freeSlug(name) : slug;
            try {
                Project made = audit.inTransaction(() -> {
                    Project project = projects.add(candidate, name.strip(), platform);
                    audit.record(actor, "project.created", target(project), null, answer(project));
                    return project;
                });
                changes.made();
                return made;
            } catch (DataIntegrityViolationException _) {
                // A slug of our own making may have been taken since we looked.
                if (slug != null || attempt == 5) {
                    throw taken(candidate);
                }
            }
        }
    }

    /**
     * Changes a project.
     *
     * @param slug the wanted one; null if it stays
     * @throws ApiException not found, if the actor sees no such project; conflict, if the slug is taken
     */
    public Project change(Actor actor, long id, @Nullable String slug, UnaryOperator<ProjectDetails> change) {
        access.require(actor, id);
        // Read before the transaction, in which what is read would be taken for what is locked.
        ProjectResponse before = answer(projects.find(id).orElseThrow(() -> ApiException.notFound("project", id)));
        try {
            Project after = audit.inTransaction(() -> {
                Project project = projects.change(id, old -> {
                            if (old.status() == ProjectStatus.DELETING) {
                                throw ApiException.conflict("status", "project %d is being deleted".formatted(id));
                            }
                            return change.apply(old);
                        })
                        .orElseThrow(() -> ApiException.notFound("project", id));
                audit.record(actor, "project.changed", target(project), before, answer(project));
                return project;
            });
            changes.made();
            return after;
        } catch (DataIntegrityViolationException e) {
            if (slug == null) {
                throw e;
            }
            throw taken(slug);
        }
    }

    /** Adds a key to a project that the actor sees. */
    public Project addKey(Actor actor, long id, String label, List<Quota> limits) {
        return changed(id, "project_key.created", actor, () -> projects.addKey(id, label, limits), "project", id);
    }

    /** Changes a key; what is null stays as it is. */
    public Project changeKey(
            Actor actor,
            long id,
            long key,
            @Nullable String label,
            @Nullable Boolean active,
            @Nullable List<Quota> limits) {
        return changed(
                id, "project_key.changed", actor, () -> projects.changeKey(id, key, label, active, limits), "key", key);
    }

    public Project removeKey(Actor actor, long id, long key) {
        return changed(id, "project_key.deleted", actor, () -> projects.removeKey(id, key), "key", key);
    }

    private Project changed(
            long projectId, String action, Actor actor, Supplier<Optional<Project>> change, String what, long whatId) {
        access.require(actor, projectId);
        // Read before the transaction, in which what is read would be taken for what is locked.
        ProjectResponse before = projects.find(projectId)
                .map(this::answer)
                .orElseThrow(() -> ApiException.notFound("project", projectId));
        Project after = audit.inTransaction(() -> {
            Project project = change.get().orElseThrow(() -> ApiException.notFound(what, whatId));
            audit.record(
                    actor,
                    action,
                    new AuditLog.Target("project", projectId, project.slug()),
                    before.keys(),
                    answer(project).keys());
            return project;
        });
        changes.made();
        return after;
    }

    private String freeSlug(String name) {
        String slug = Slug.of(name);
        String candidate = slug;
        for (int i = 2; projects.isTaken(candidate); i++) {
            candidate = slug.substring(0, Math.min(slug.length(), 44)) + "-" + i;
        }
        return candidate;
    }

    private static ApiException taken(String slug) {
        return ApiException.conflict("slug", "'%s' is taken by another project".formatted(slug));
    }

    private static AuditLog.Target target(Project project) {
        return new AuditLog.Target("project", project.id(), project.slug());
    }

    private ProjectResponse answer(Project project) {
        return ProjectResponse.of(project, publicUrl);
    }
}
