package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The keys of a project; each answer is the whole project. */
@NativeApi
@Tag(name = "Project keys")
class ProjectKeyController {
    private static final String REASON = "key_quota";

    private final ProjectStore projects;
    private final ProjectChanges changes;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final URI publicUrl;

    ProjectKeyController(
            ProjectStore projects, ProjectChanges changes, ProjectAccess access, AuditLog audit, URI publicUrl) {
        this.projects = projects;
        this.changes = changes;
        this.access = access;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    record NewKey(
            @NotBlank @Size(max = 100) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_RULE)
            String label,

            @Nullable @Size(max = Limit.MAX) List<@NotNull @Valid Limit> limits) {}

    /** What is absent stays as it is. */
    record KeyChange(
            @Nullable @Size(max = 100) @Pattern(regexp = Texts.FILLED_LINE, message = Texts.FILLED_LINE_RULE)
            String label,

            @Nullable Boolean active,

            @Nullable @Size(max = Limit.MAX) List<@NotNull @Valid Limit> limits) {}

    @PostMapping("/api/v1/projects/{id}/keys")
    @ResponseStatus(HttpStatus.CREATED)
    @Allowed(Scope.PROJECT_WRITE)
    ProjectResponse add(@PathVariable long id, @Valid @RequestBody NewKey request, Actor actor) {
        return changed(
                id,
                "project_key.created",
                actor,
                () -> projects.addKey(
                        id,
                        request.label(),
                        request.limits() == null ? List.of() : Limit.quotas(request.limits(), REASON)),
                "project",
                id);
    }

    @PatchMapping("/api/v1/projects/{id}/keys/{keyId}")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectResponse change(
            @PathVariable long id, @PathVariable long keyId, @Valid @RequestBody KeyChange request, Actor actor) {
        return changed(
                id,
                "project_key.changed",
                actor,
                () -> projects.changeKey(
                        id,
                        keyId,
                        request.label(),
                        request.active(),
                        request.limits() == null ? null : Limit.quotas(request.limits(), REASON)),
                "key",
                keyId);
    }

    @DeleteMapping("/api/v1/projects/{id}/keys/{keyId}")
    @Allowed(Scope.PROJECT_ADMIN)
    ProjectResponse remove(@PathVariable long id, @PathVariable long keyId, Actor actor) {
        return changed(id, "project_key.deleted", actor, () -> projects.removeKey(id, keyId), "key", keyId);
    }

    private ProjectResponse changed(
            long projectId, String action, Actor actor, Supplier<Optional<Project>> change, String what, long whatId) {
        access.require(actor, projectId);
        // Read before the transaction, in which what is read would be taken for what is locked.
        ProjectResponse before = projects.find(projectId)
                .map(this::answer)
                .orElseThrow(() -> ApiException.notFound("project", projectId));
        ProjectResponse after = audit.inTransaction(() -> {
            Project project = change.get().orElseThrow(() -> ApiException.notFound(what, whatId));
            ProjectResponse now = answer(project);
            audit.record(
                    actor,
                    action,
                    new AuditLog.Target("project", projectId, project.slug()),
                    before.keys(),
                    now.keys());
            return now;
        });
        changes.made();
        return after;
    }

    private ProjectResponse answer(Project project) {
        return ProjectResponse.of(project, publicUrl);
    }
}
