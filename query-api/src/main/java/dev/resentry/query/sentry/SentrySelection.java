package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.StoredRelease;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what paths and bodies name. A release is of the organization there and of a project here: one that is named without a project
 * is all releases of that version which the actor sees.
 */
final class SentrySelection {
    /** The organization has no id of its own, as it is the only one. */
    static final String ORGANIZATION_ID = "1";

    private final OrganizationStore organizations;
    private final ProjectSelection projects;
    private final ReleaseQueries releases;

    SentrySelection(OrganizationStore organizations, ProjectSelection projects, ReleaseQueries releases) {
        this.organizations = organizations;
        this.projects = projects;
        this.releases = releases;
    }

    /**
     * The organization.
     *
     * @param named its slug or id
     * @throws ApiException not found
     */
    Organization organization(String named) {
        Organization organization = organizations.get();
        if (!named.equals(organization.slug()) && !named.equals(ORGANIZATION_ID)) {
            throw ApiException.notFound("organization", named);
        }
        return organization;
    }

    /** A project of it. */
    Project project(Actor actor, String organization, String named) {
        return projects.one(actor, organization(organization).slug(), named);
    }

    /** The named projects of a body, each of which has to be there. */
    List<Project> projects(Actor actor, List<String> named) {
        return named.stream().distinct().map(one -> projects.one(actor, one)).toList();
    }

    /**
     * Where releases are looked for.
     *
     * @param project null for all that the actor sees
     */
    VisibleProjects where(Actor actor, String organization, @Nullable String project) {
        return project == null
                ? visible(actor, organization)
                : new VisibleProjects(
                        Set.of(project(actor, organization, project).id()));
    }

    private VisibleProjects visible(Actor actor, String organization) {
        organization(organization);
        return projects.of(actor);
    }

    /**
     * The releases of a version, of which there is at least one.
     *
     * @throws ApiException not found
     */
    List<StoredRelease> releases(VisibleProjects where, String version) {
        List<StoredRelease> found = releases.ofVersion(where, version);
        if (found.isEmpty()) {
            throw ApiException.notFound("release", version);
        }
        return found;
    }
}
