package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The organization and its projects, as tools look them up before they send anything. */
@SentryApi
class SentryOrganizationController {
    private final OrganizationStore organizations;
    private final SentryProjects projects;
    private final UserStore users;
    private final SentrySelection selection;

    SentryOrganizationController(
            OrganizationStore organizations, SentryProjects projects, UserStore users, SentrySelection selection) {
        this.organizations = organizations;
        this.projects = projects;
        this.users = users;
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
            boolean allowMemberProjectCreation,
            Word status,
            Avatar avatar,
            Links links) {}

    record Word(String id, String name) {}

    record Avatar(String avatarType) {}

    record Links(String organizationUrl) {}

    record EnvironmentName(String id, String name, boolean isHidden) {
        static List<EnvironmentName> of(List<String> names) {
            return names.stream()
                    .map(name -> new EnvironmentName(name, name, false))
                    .toList();
        }
    }

    /** Somebody who may log in. */
    record Member(
            String id,
            String email,
            String name,
            String role,
            String orgRole,
            boolean pending,
            boolean expired,
            MemberUser user) {}

    record MemberUser(String id, String name, String username, String email, boolean isActive) {}

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
    ResponseEntity<List<SentryProject>> projects(
            @PathVariable String organization,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        return SentryLinks.part(
                projects.list(
                        selection.organization(organization),
                        actor,
                        project -> SentryProjects.holds(query, project.slug(), project.name())),
                perPage,
                cursor);
    }

    /** All projects of the caller. */
    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/projects")
    ResponseEntity<List<SentryProject>> projects(
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        return SentryLinks.part(projects.list(organizations.get(), actor, _ -> true), perPage, cursor);
    }

    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/0/organizations/{organization}/environments")
    List<EnvironmentName> environments(@PathVariable String organization, Actor actor) {
        return EnvironmentName.of(projects.environments(selection.where(actor, organization, null)));
    }

    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/0/projects/{organization}/{project}/environments")
    List<EnvironmentName> environments(@PathVariable String organization, @PathVariable String project, Actor actor) {
        return EnvironmentName.of(projects.environments(selection.where(actor, organization, project)));
    }

    @Allowed(Scope.MEMBER_READ)
    @GetMapping("/api/0/organizations/{organization}/members")
    ResponseEntity<List<Member>> members(
            @PathVariable String organization,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor) {
        selection.organization(organization);
        return SentryLinks.part(
                users.list().stream().map(SentryOrganizationController::member).toList(), perPage, cursor);
    }

    private static Member member(User user) {
        String id = String.valueOf(user.id());
        String name = user.name().isBlank() ? user.email() : user.name();
        return new Member(
                id,
                user.email(),
                name,
                user.role(),
                user.role(),
                user.lastSeenAt() == null,
                false,
                new MemberUser(id, name, user.email(), user.email(), user.active()));
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
                false,
                new Word("active", "active"),
                new Avatar("letter_avatar"),
                new Links(SentryLinks.root()));
    }
}
