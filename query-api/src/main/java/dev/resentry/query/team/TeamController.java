package dev.resentry.query.team;

import dev.resentry.model.project.Slug;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.team.Team;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.UserStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

/** Teams: who is in them, and which projects are theirs. */
@NativeApi
@Tag(name = "Teams")
class TeamController {
    private final TeamStore teams;
    private final UserStore users;
    private final ProjectStore projects;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final InstantSource clock;

    TeamController(
            TeamStore teams,
            UserStore users,
            ProjectStore projects,
            ProjectAccess access,
            AuditLog audit,
            InstantSource clock) {
        this.teams = teams;
        this.users = users;
        this.projects = projects;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    record NewTeam(
            @NotNull @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @NotBlank @Size(max = 200) String name) {}

    /** What is absent stays as it is. */
    record TeamChange(
            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(min = 1, max = 200) String name) {}

    /** Lists teams; of their projects those that the caller sees. */
    @GetMapping("/api/v1/teams")
    @Allowed(Scope.TEAM_READ)
    List<TeamResponse> list(Actor actor) {
        VisibleProjects visible = access.of(actor);
        return teams.list().stream().map(team -> TeamResponse.of(team, visible)).toList();
    }

    @PostMapping("/api/v1/teams")
    @Allowed(Scope.TEAM_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    TeamResponse add(@Valid @RequestBody NewTeam request, Actor actor) {
        return unlessTaken(request.slug(), () -> {
            long id = teams.add(request.slug(), request.name().strip(), clock.instant());
            TeamResponse after = TeamResponse.of(existing(id), VisibleProjects.ALL);
            audit.record(actor, "team.created", target(existing(id)), null, after);
            return after;
        });
    }

    @PatchMapping("/api/v1/teams/{id}")
    @Allowed(Scope.TEAM_WRITE)
    TeamResponse change(@PathVariable long id, @Valid @RequestBody TeamChange request, Actor actor) {
        return unlessTaken(
                String.valueOf(request.slug()),
                () -> changed(
                        id,
                        "team.changed",
                        actor,
                        old -> teams.change(
                                id,
                                request.slug() == null ? old.slug() : request.slug(),
                                request.name() == null
                                        ? old.name()
                                        : request.name().strip())));
    }

    @DeleteMapping("/api/v1/teams/{id}")
    @Allowed(Scope.TEAM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        audit.doInTransaction(() -> {
            Team old = existing(id);
            teams.remove(id);
            audit.record(actor, "team.deleted", target(old), TeamResponse.of(old, VisibleProjects.ALL), null);
        });
    }

    @PutMapping("/api/v1/teams/{id}/members/{userId}")
    @Allowed(Scope.TEAM_WRITE)
    TeamResponse addMember(@PathVariable long id, @PathVariable long userId, Actor actor) {
        if (users.find(userId).isEmpty()) {
            throw ApiException.notFound("user", userId);
        }
        return audit.inTransaction(() -> changed(id, "team.member_added", actor, _ -> teams.addMember(id, userId)));
    }

    @DeleteMapping("/api/v1/teams/{id}/members/{userId}")
    @Allowed(Scope.TEAM_WRITE)
    TeamResponse removeMember(@PathVariable long id, @PathVariable long userId, Actor actor) {
        return audit.inTransaction(
                () -> changed(id, "team.member_removed", actor, _ -> teams.removeMember(id, userId)));
    }

    @PutMapping("/api/v1/teams/{id}/projects/{projectId}")
    @Allowed(Scope.TEAM_WRITE)
    TeamResponse addProject(@PathVariable long id, @PathVariable long projectId, Actor actor) {
        if (projects.find(projectId).isEmpty()) {
            throw ApiException.notFound("project", projectId);
        }
        return audit.inTransaction(
                () -> changed(id, "team.project_added", actor, _ -> teams.addProject(id, projectId)));
    }

    @DeleteMapping("/api/v1/teams/{id}/projects/{projectId}")
    @Allowed(Scope.TEAM_WRITE)
    TeamResponse removeProject(@PathVariable long id, @PathVariable long projectId, Actor actor) {
        return audit.inTransaction(
                () -> changed(id, "team.project_removed", actor, _ -> teams.removeProject(id, projectId)));
    }

    private TeamResponse changed(long id, String action, Actor actor, Consumer<Team> change) {
        Team old = existing(id);
        change.accept(old);
        Team now = existing(id);
        TeamResponse after = TeamResponse.of(now, VisibleProjects.ALL);
        audit.record(actor, action, target(now), TeamResponse.of(old, VisibleProjects.ALL), after);
        return after;
    }

    private TeamResponse unlessTaken(String slug, Supplier<TeamResponse> change) {
        try {
            return audit.inTransaction(change);
        } catch (DataIntegrityViolationException _) {
            throw ApiException.conflict("slug", "'%s' is taken by another team".formatted(slug));
        }
    }

    private Team existing(long id) {
        return teams.find(id).orElseThrow(() -> ApiException.notFound("team", id));
    }

    private static AuditLog.Target target(Team team) {
        return new AuditLog.Target("team", team.id(), team.slug());
    }
}
