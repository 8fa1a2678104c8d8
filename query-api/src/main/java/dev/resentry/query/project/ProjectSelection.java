package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the projects that callers name by slug or id, as far as they see them. */
public final class ProjectSelection {
    private final ProjectStore projects;
    private final ProjectAccess access;
    private final OrganizationStore organizations;

    ProjectSelection(ProjectStore projects, ProjectAccess access, OrganizationStore organizations) {
        this.projects = projects;
        this.access = access;
        this.organizations = organizations;
    }

    /** All projects that an actor sees. */
    public VisibleProjects of(Actor actor) {
        return access.of(actor);
    }

    /**
     * The named projects.
     *
     * @param wanted slugs or ids; none means all that the actor sees
     * @throws ApiException not found, if the actor sees no such project
     */
    public VisibleProjects of(Actor actor, @Nullable List<String> wanted) {
        VisibleProjects visible = access.of(actor);
        if (wanted == null || wanted.isEmpty()) {
            return visible;
        }
        return new VisibleProjects(
                wanted.stream().map(name -> named(visible, name).id()).collect(Collectors.toSet()));
    }

    /**
     * The named project.
     *
     * @param wanted its slug or id
     * @throws ApiException not found, if the actor sees no such project
     */
    public Project one(Actor actor, String wanted) {
        return named(access.of(actor), wanted);
    }

    /**
     * The named project of an organization.
     *
     * @param organization its slug; there is one
     * @param wanted the slug or id of the project
     * @throws ApiException not found, if there is no such organization, or the actor sees no such project
     */
    public Project one(Actor actor, String organization, String wanted) {
        if (!organization.equals(organizations.get().slug())) {
            throw ApiException.notFound("organization", organization);
        }
        return one(actor, wanted);
    }

    private Project named(VisibleProjects visible, String wanted) {
        return projects.findBySlug(wanted)
                .or(() -> wanted.matches("\\d{1,18}") ? projects.find(Long.parseLong(wanted)) : Optional.empty())
                .filter(project -> visible.contains(project.id()))
                .orElseThrow(() -> ApiException.notFound("project", wanted));
    }
}
