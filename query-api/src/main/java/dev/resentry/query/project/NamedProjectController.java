package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A project by the names of its organization and its own (features, S1). */
@NativeApi
@Tag(name = "Projects")
class NamedProjectController {
    private final ProjectSelection projects;
    private final URI publicUrl;

    NamedProjectController(ProjectSelection projects, URI publicUrl) {
        this.projects = projects;
        this.publicUrl = publicUrl;
    }

    /** @param project its slug or id */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/projects/{organization}/{project}")
    ProjectResponse get(@PathVariable String organization, @PathVariable String project, Actor actor) {
        return ProjectResponse.of(projects.one(actor, organization, project), publicUrl);
    }
}
