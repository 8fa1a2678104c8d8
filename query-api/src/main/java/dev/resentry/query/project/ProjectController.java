package dev.resentry.query.project;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStatus;
import dev.resentry.storage.project.ProjectStore;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Projects: list, add, change, delete. */
@RestController
public class ProjectController {
    private final ProjectStore projects;
    private final ProjectChanges changes;
    private final URI publicUrl;

    public ProjectController(ProjectStore projects, ProjectChanges changes, URI publicUrl) {
        this.projects = projects;
        this.changes = changes;
        this.publicUrl = publicUrl;
    }

    record NewProject(
            @NotBlank @Size(max = 200) String name,

            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(max = 64) String platform) {}

    /** What is absent stays as it is. */
    record ProjectChange(
            @Nullable @Size(min = 1, max = 200) String name,

            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(max = 64) String platform,

            @Nullable @Pattern(regexp = "active|disabled", message = "expected: active or disabled")
            String status) {}

    record Deletion(long id, String status, String message) {}

    record Republished(int projects) {}

    @GetMapping({"/api/v1/projects", "/projects"})
    List<ProjectAnswer> list() {
        return projects.list().stream().map(this::answer).toList();
    }

    @PostMapping("/api/v1/projects")
    @ResponseStatus(HttpStatus.CREATED)
    ProjectAnswer add(@Valid @RequestBody NewProject request) {
        String slug = request.slug() == null ? freeSlug(request.name()) : request.slug();
        try {
            return changed(Optional.of(projects.add(slug, request.name().strip(), request.platform())), slug);
        } catch (DataIntegrityViolationException _) {
            throw taken(slug);
        }
    }

    @GetMapping("/api/v1/projects/{id}")
    ProjectAnswer get(@PathVariable long id) {
        return answer(existing(id));
    }

    /** PUT sets every field; what is absent gets its default. */
    @PutMapping("/api/v1/projects/{id}")
    ProjectAnswer replace(@PathVariable long id, @Valid @RequestBody NewProject request) {
        Project old = modifiable(id);
        String slug = request.slug() == null ? old.slug() : request.slug();
        return store(old, slug, request.name(), request.platform(), old.status());
    }

    @PatchMapping("/api/v1/projects/{id}")
    ProjectAnswer change(@PathVariable long id, @Valid @RequestBody ProjectChange request) {
        Project old = modifiable(id);
        return store(
                old,
                request.slug() == null ? old.slug() : request.slug(),
                request.name() == null ? old.name() : request.name(),
                request.platform() == null ? old.platform() : request.platform(),
                request.status() == null
                        ? old.status()
                        : ProjectStatus.valueOf(request.status().toUpperCase(Locale.ROOT)));
    }

    /** Stops the project at once; its data goes in the background. */
    @DeleteMapping("/api/v1/projects/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Deletion delete(@PathVariable long id) {
        Project project = existing(id);
        if (project.status() != ProjectStatus.DELETING) {
            projects.change(id, project.slug(), project.name(), project.platform(), ProjectStatus.DELETING);
            changes.made();
        }
        return new Deletion(
                id,
                ProjectStatus.DELETING.word(),
                "The project takes nothing any more; its data is being removed in the background");
    }

    /** Tells the gateways of every project again, for a topic that was lost. */
    @PostMapping("/api/v1/projects/republish")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Republished republish() {
        int count = projects.enqueueAll();
        changes.made();
        return new Republished(count);
    }

    private ProjectAnswer store(
            Project old, String slug, String name, @Nullable String platform, ProjectStatus status) {
        try {
            return changed(projects.change(old.id(), slug, name.strip(), platform, status), old.id());
        } catch (DataIntegrityViolationException _) {
            throw taken(slug);
        }
    }

    private ProjectAnswer changed(Optional<Project> project, Object id) {
        changes.made();
        return answer(project.orElseThrow(() -> ApiException.notFound("project", id)));
    }

    private Project existing(long id) {
        return projects.find(id).orElseThrow(() -> ApiException.notFound("project", id));
    }

    private Project modifiable(long id) {
        Project project = existing(id);
        if (project.status() == ProjectStatus.DELETING) {
            throw ApiException.conflict("status", "project %d is being deleted".formatted(id));
        }
        return project;
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

    private ProjectAnswer answer(Project project) {
        return ProjectAnswer.of(project, publicUrl);
    }
}
