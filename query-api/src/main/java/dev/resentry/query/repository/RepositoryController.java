package dev.resentry.query.repository;

import dev.resentry.model.repository.PathMappings;
import dev.resentry.model.repository.Repository;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.release.ReleaseSourceQueries;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.repository.StoredRepository;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Which repository the code of a project is in. */
@NativeApi
@Tag(name = "Projects")
class RepositoryController {
    private final RepositoryStore repositories;
    private final ReleaseSourceQueries sources;
    private final ProjectStore projects;
    private final ProjectAccess access;
    private final AuditLog audit;

    RepositoryController(
            RepositoryStore repositories,
            ReleaseSourceQueries sources,
            ProjectStore projects,
            ProjectAccess access,
            AuditLog audit) {
        this.repositories = repositories;
        this.sources = sources;
        this.projects = projects;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The repository of a project.
     *
     * @param settings null if it has none
     * @param revision 0 if it has none
     * @param updatedBy the e-mail address of who changed it last
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectRepository(
            @Nullable RepositorySettings settings,
            long revision,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {}

    /**
     * Another repository.
     *
     * @param revision that of the one that it replaces; 0 if there is none
     */
    record RepositoryChange(
            @NotNull @Valid RepositorySettings settings,
            @NotNull @Min(0) Long revision) {}

    /**
     * A repository to be tried.
     *
     * @param path as a frame has it
     * @param line 1 if it is absent
     * @param release whose commit is linked to; absent for the branch
     */
    record RepositoryDraft(
            @NotNull @Valid RepositorySettings settings,
            @NotBlank @Size(max = 2_000) String path,
            @Nullable @Min(1) Integer line,
            @Nullable @Size(max = 250) String release) {}

    /**
     * Where a path leads.
     *
     * @param sourcePath from the root of the repository on; null if it leads nowhere
     * @param url null likewise
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record RepositoryTrial(
            @Nullable String sourcePath, @Nullable String url) {}

    @GetMapping("/api/v1/projects/{id}/repository")
    @Allowed(Scope.PROJECT_READ)
    ProjectRepository get(@PathVariable long id, Actor actor) {
        require(actor, id);
        return answer(repositories.find(id));
    }

    /** Replaces the repository. */
    @PutMapping("/api/v1/projects/{id}/repository")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectRepository replace(@PathVariable long id, @Valid @RequestBody RepositoryChange change, Actor actor) {
        require(actor, id);
        Repository repository = change.settings().repository();
        PathMappings mappings = change.settings().pathMappings();
        return audit.inTransaction(() -> {
            ProjectRepository before = answer(repositories.find(id));
            StoredRepository stored = repositories
                    .replace(id, repository, mappings, change.revision(), actor.email())
                    .orElseThrow(() -> ApiException.conflict(
                            "revision",
                            "%d is not the latest any more; read the repository again".formatted(change.revision())));
            ProjectRepository after = answer(Optional.of(stored));
            record(actor, id, before, after);
            return after;
        });
    }

    /** Removes the repository: frames and tickets have no links any more. */
    @DeleteMapping("/api/v1/projects/{id}/repository")
    @Allowed(Scope.PROJECT_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        require(actor, id);
        audit.doInTransaction(() -> {
            ProjectRepository before = answer(repositories.find(id));
            if (repositories.remove(id)) {
                record(actor, id, before, answer(Optional.empty()));
            }
        });
    }

    /** Shows where a path would lead, and keeps nothing. */
    @PostMapping("/api/v1/projects/{id}/repository/try")
    @Allowed(Scope.PROJECT_READ)
    RepositoryTrial tryOut(@PathVariable long id, @Valid @RequestBody RepositoryDraft draft, Actor actor) {
        require(actor, id);
        Repository repository = draft.settings().repository();
        return draft.settings()
                .pathMappings()
                .sourcePath(draft.path())
                .map(path -> new RepositoryTrial(
                        path,
                        repository.sourceLink(
                                new SourceRevisions(sources).of(id, repository, draft.release()),
                                path,
                                draft.line() == null ? 1 : draft.line())))
                .orElseGet(() -> new RepositoryTrial(null, null));
    }

    private void require(Actor actor, long id) {
        access.require(actor, id);
        if (projects.find(id).isEmpty()) {
            throw ApiException.notFound("project", id);
        }
    }

    private void record(Actor actor, long id, ProjectRepository before, ProjectRepository after) {
        audit.record(
                actor,
                "project.repository_changed",
                new AuditLog.Target("project", id, ""),
                before.settings(),
                after.settings());
    }

    private static ProjectRepository answer(Optional<StoredRepository> stored) {
        return stored.map(found -> new ProjectRepository(
                        RepositorySettings.of(found), found.revision(), found.updatedAt(), found.updatedBy()))
                .orElseGet(() -> new ProjectRepository(null, 0, null, null));
    }
}
