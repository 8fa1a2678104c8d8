package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The organization and its projects, as tools look them up before they send anything. */
@SentryApi
class SentryOrganizationController {
    private final OrganizationStore organizations;
    private final ProjectStore projects;
    private final ProjectSelection visible;
    private final SentrySelection selection;

    SentryOrganizationController(
            OrganizationStore organizations,
            ProjectStore projects,
            ProjectSelection visible,
            SentrySelection selection) {
        this.organizations = organizations;
        this.projects = projects;
        this.visible = visible;
        this.selection = selection;
    }

    /**
     * The organization.
     *
     * @param links without a URL of a region, which tools take for https
     */
    record SentryOrganization(
            String id,
            String slug,
            String name,
            Instant dateCreated,
            boolean isEarlyAdopter,
            boolean require2FA,
            boolean requireEmailVerification,
            List<String> features,
            Word status,
            Avatar avatar,
            Links links) {}

    record Word(String id, String name) {}

    record Avatar(String avatarType) {}

    record Links(String organizationUrl) {}

    /** Without an environment or a team, which no tool that uploads asks for. */
    record SentryProject(
            String id,
            String slug,
            String name,
            @Nullable String platform,
            Instant dateCreated,
            String status,
            boolean isMember,
            boolean isBookmarked,
            boolean hasAccess,
            List<String> features,
            @Nullable String team,
            List<String> teams,
            OrganizationName organization) {}

    record OrganizationName(String id, String slug, String name) {}

    @Allowed(value = Scope.ORG_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/organizations")
    ResponseEntity<List<SentryOrganization>> list() {
        return SentryLinks.page(List.of(answer(organizations.get())), null);
    }

    @Allowed(value = Scope.ORG_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/organizations/{organization}")
    SentryOrganization get(@PathVariable String organization) {
        return answer(selection.organization(organization));
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/organizations/{organization}/projects")
    ResponseEntity<List<SentryProject>> projects(@PathVariable String organization, Actor actor) {
        Organization named = selection.organization(organization);
        VisibleProjects seen = visible.of(actor);
        return SentryLinks.page(
                projects.list().stream()
                        .filter(project -> seen.contains(project.id()))
                        .map(project -> answer(named, project))
                        .toList(),
                null);
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/projects/{organization}/{project}")
    SentryProject project(@PathVariable String organization, @PathVariable String project, Actor actor) {
        return answer(selection.organization(organization), selection.project(actor, organization, project));
    }

    /** Repositories are not known here: tools then read the commits of their own copy. */
    @Allowed(value = Scope.ORG_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/organizations/{organization}/repos")
    ResponseEntity<List<String>> repositories(@PathVariable String organization) {
        selection.organization(organization);
        return SentryLinks.page(List.of(), null);
    }

    private SentryOrganization answer(Organization organization) {
        return new SentryOrganization(
                SentrySelection.ORGANIZATION_ID,
                organization.slug(),
                organization.name(),
                organizations.createdAt(),
                false,
                false,
                false,
                List.of(),
                new Word("active", "active"),
                new Avatar("letter_avatar"),
                new Links(SentryLinks.root()));
    }

    private static SentryProject answer(Organization organization, Project project) {
        return new SentryProject(
                String.valueOf(project.id()),
                project.slug(),
                project.name(),
                project.platform(),
                project.createdAt(),
                "active",
                true,
                false,
                true,
                List.of(),
                null,
                List.of(),
                new OrganizationName(SentrySelection.ORGANIZATION_ID, organization.slug(), organization.name()));
    }
}
