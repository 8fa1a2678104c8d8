package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.model.project.Slug;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.project.ProjectRegistry;
import dev.resentry.storage.organization.Organization;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectDetails;
import dev.resentry.storage.team.Team;
import dev.resentry.storage.team.TeamStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Projects and teams. */
@SentryApi
class SentryProjectController {
    private static final String PROJECT = "/api/0/projects/{organization}/{project}";
    private static final int MAX_NAME = 200;
    private static final int MAX_PLATFORM = 64;

    private final ProjectRegistry registry;
    private final TeamStore teams;
    private final SentryProjects projects;
    private final SentrySelection selection;
    private final AuditLog audit;
    private final InstantSource clock;

    SentryProjectController(
            ProjectRegistry registry,
            TeamStore teams,
            SentryProjects projects,
            SentrySelection selection,
            AuditLog audit,
            InstantSource clock) {
        this.registry = registry;
        this.teams = teams;
        this.projects = projects;
        this.selection = selection;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is absent is made up, or stays as it is. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Described(
            @Nullable String name,
            @Nullable String slug,
            @Nullable String platform) {
        String neededName() {
            String given = checkedName();
            if (given == null) {
                throw ApiException.invalid("name", "missing");
            }
            return given;
        }

        @Nullable
        String checkedName() {
            if (name == null) {
                return null;
            }
            if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
                throw ApiException.invalid("name", "'%s' (expected: one line of 1 to %d)".formatted(name, MAX_NAME));
            }
            return name.strip();
        }

        @Nullable
        String checkedSlug() {
            if (slug != null && !slug.matches(Slug.PATTERN)) {
                throw ApiException.invalid("slug", "'%s' (%s)".formatted(slug, Slug.RULE));
            }
            return slug;
        }

        @Nullable
        String checkedPlatform() {
            if (platform != null
                    && (platform.length() > MAX_PLATFORM || platform.chars().anyMatch(Character::isISOControl))) {
                throw ApiException.invalid("platform", "expected: one line of at most %d".formatted(MAX_PLATFORM));
            }
            return platform;
        }
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping(PROJECT)
    SentryProject get(@PathVariable String organization, @PathVariable String project, Actor actor) {
        return projects.answer(selection.organization(organization), selection.project(actor, organization, project));
    }

    @Allowed(Scope.PROJECT_WRITE)
    @PutMapping(PROJECT)
    SentryProject change(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestBody Described request,
            Actor actor) {
        Organization named = selection.organization(organization);
        Project before = selection.project(actor, organization, project);
        String slug = request.checkedSlug();
        String name = request.checkedName();
        String platform = request.checkedPlatform();
        return projects.answer(
                named,
                registry.change(
                        actor,
                        before.id(),
                        slug,
                        old -> new ProjectDetails(
                                Objects.requireNonNullElse(slug, old.slug()),
                                Objects.requireNonNullElse(name, old.name()),
                                platform == null ? old.platform() : platform,
                                old.status(),
                                old.allowedOrigins(),
                                old.limits(),
                                old.autoResolveHours(),
                                old.spikeProtection())));
    }

    @Allowed(Scope.TEAM_READ)
    @GetMapping("/api/0/organizations/{organization}/teams")
    ResponseEntity<List<SentryTeam>> teams(
            @PathVariable String organization,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        Organization named = selection.organization(organization);
        return SentryLinks.part(
                teams.list().stream()
                        .filter(team -> SentryProjects.holds(query, team.slug(), team.name()))
                        .toList(),
                perPage,
                cursor,
                team -> SentryTeam.of(team, actor.userId(), ofTeam(named, team, actor)));
    }

    @Allowed(Scope.TEAM_WRITE)
    @PostMapping("/api/0/organizations/{organization}/teams")
    @ResponseStatus(HttpStatus.CREATED)
    SentryTeam addTeam(@PathVariable String organization, @RequestBody Described request, Actor actor) {
        selection.organization(organization);
        String name = request.neededName();
        String slug = Objects.requireNonNullElseGet(request.checkedSlug(), () -> Slug.of(name));
        try {
            return audit.inTransaction(() -> {
                Team made = teams.find(teams.add(slug, name, clock.instant())).orElseThrow();
                audit.record(
                        actor,
                        "team.created",
                        new AuditLog.Target("team", made.id(), slug),
                        null,
                        Map.of("slug", slug, "name", name));
                return SentryTeam.of(made, actor.userId(), null);
            });
        } catch (DataIntegrityViolationException _) {
            throw ApiException.conflict("slug", "'%s' is taken by another team".formatted(slug));
        }
    }

    @Allowed(Scope.TEAM_READ)
    @GetMapping("/api/0/teams/{organization}/{team}")
    SentryTeam team(@PathVariable String organization, @PathVariable String team, Actor actor) {
        Organization named = selection.organization(organization);
        Team found = existing(team);
        return SentryTeam.of(found, actor.userId(), ofTeam(named, found, actor));
    }

    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/0/teams/{organization}/{team}/projects")
    ResponseEntity<List<SentryProject>> projectsOfTeam(
            @PathVariable String organization,
            @PathVariable String team,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        return SentryLinks.part(ofTeam(selection.organization(organization), existing(team), actor), perPage, cursor);
    }

    /** Adds a project to the team. */
    @Allowed(Scope.PROJECT_WRITE)
    @PostMapping("/api/0/teams/{organization}/{team}/projects")
    @ResponseStatus(HttpStatus.CREATED)
    SentryProject addProject(
            @PathVariable String organization, @PathVariable String team, @RequestBody Described request, Actor actor) {
        Organization named = selection.organization(organization);
        Team of = existing(team);
        Project made = registry.add(actor, request.neededName(), request.checkedSlug(), request.checkedPlatform());
        return moved(named, made, of, true, actor);
    }

    @Allowed(Scope.TEAM_READ)
    @GetMapping(PROJECT + "/teams")
    ResponseEntity<List<SentryTeam>> teamsOfProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        long id = selection.project(actor, organization, project).id();
        return SentryLinks.part(
                teams.list().stream()
                        .filter(team -> team.projects().stream().anyMatch(one -> one.id() == id))
                        .map(team -> SentryTeam.of(team, actor.userId(), null))
                        .toList(),
                perPage,
                cursor);
    }

    @Allowed(Scope.TEAM_WRITE)
    @PostMapping(PROJECT + "/teams/{team}")
    @ResponseStatus(HttpStatus.CREATED)
    SentryProject addTeamToProject(
            @PathVariable String organization, @PathVariable String project, @PathVariable String team, Actor actor) {
        return moved(
                selection.organization(organization),
                selection.project(actor, organization, project),
                existing(team),
                true,
                actor);
    }

    @Allowed(Scope.TEAM_WRITE)
    @DeleteMapping(PROJECT + "/teams/{team}")
    SentryProject removeTeamFromProject(
            @PathVariable String organization, @PathVariable String project, @PathVariable String team, Actor actor) {
        return moved(
                selection.organization(organization),
                selection.project(actor, organization, project),
                existing(team),
                false,
                actor);
    }

    private SentryProject moved(Organization organization, Project project, Team team, boolean in, Actor actor) {
        audit.doInTransaction(() -> {
            if (in) {
                teams.addProject(team.id(), project.id());
            } else {
                teams.removeProject(team.id(), project.id());
            }
            audit.record(
                    actor,
                    in ? "team.project_added" : "team.project_removed",
                    new AuditLog.Target("team", team.id(), team.slug()),
                    null,
                    Map.of("project", project.slug()));
        });
        return projects.answer(organization, project);
    }

    private List<SentryProject> ofTeam(Organization organization, Team team, Actor actor) {
        List<Long> ids = team.projects().stream().map(Team.TeamProject::id).toList();
        return projects.list(organization, actor, project -> ids.contains(project.id()));
    }

    private Team existing(String named) {
        return teams.list().stream()
                .filter(team ->
                        team.slug().equals(named) || String.valueOf(team.id()).equals(named))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("team", named));
    }
}
