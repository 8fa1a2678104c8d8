package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.project.Project;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
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

    private final ProjectRegistry registry;
    private final URI publicUrl;

    ProjectKeyController(ProjectRegistry registry, URI publicUrl) {
        this.registry = registry;
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
        return answer(registry.addKey(
                actor,
                id,
                request.label(),
                request.limits() == null ? List.of() : Limit.quotas(request.limits(), REASON)));
    }

    @PatchMapping("/api/v1/projects/{id}/keys/{keyId}")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectResponse change(
            @PathVariable long id, @PathVariable long keyId, @Valid @RequestBody KeyChange request, Actor actor) {
        return answer(registry.changeKey(
                actor,
                id,
                keyId,
                request.label(),
                request.active(),
                request.limits() == null ? null : Limit.quotas(request.limits(), REASON)));
    }

    @DeleteMapping("/api/v1/projects/{id}/keys/{keyId}")
    @Allowed(Scope.PROJECT_ADMIN)
    ProjectResponse remove(@PathVariable long id, @PathVariable long keyId, Actor actor) {
        return answer(registry.removeKey(actor, id, keyId));
    }

    private ProjectResponse answer(Project project) {
        return ProjectResponse.of(project, publicUrl);
    }
}
