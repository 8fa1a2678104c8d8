package dev.resentry.query.project;

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
    private final URI publicUrl;

    ProjectKeyController(ProjectStore projects, ProjectChanges changes, URI publicUrl) {
        this.projects = projects;
        this.changes = changes;
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
    ProjectResponse add(@PathVariable long id, @Valid @RequestBody NewKey request) {
        return changed(
                projects.addKey(
                        id,
                        request.label(),
                        request.limits() == null ? List.of() : Limit.quotas(request.limits(), REASON)),
                "project",
                id);
    }

    @PatchMapping("/api/v1/projects/{id}/keys/{keyId}")
    ProjectResponse change(@PathVariable long id, @PathVariable long keyId, @Valid @RequestBody KeyChange request) {
        return changed(
                projects.changeKey(
                        id,
                        keyId,
                        request.label(),
                        request.active(),
                        request.limits() == null ? null : Limit.quotas(request.limits(), REASON)),
                "key",
                keyId);
    }

    @DeleteMapping("/api/v1/projects/{id}/keys/{keyId}")
    ProjectResponse remove(@PathVariable long id, @PathVariable long keyId) {
        return changed(projects.removeKey(id, keyId), "key", keyId);
    }

    private ProjectResponse changed(Optional<Project> project, String what, long id) {
        changes.made();
        return ProjectResponse.of(project.orElseThrow(() -> ApiException.notFound(what, id)), publicUrl);
    }
}
