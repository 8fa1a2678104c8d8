package dev.resentry.query.access;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.team.TeamStore;

/**
 * Which projects an actor sees: owners and admins all, members and viewers those of their teams, or all where the organization has it
 * so. Lists leave out what is of other projects; asked for by its id, it is not there.
 */
public final class ProjectAccess {
    private final TeamStore teams;

    ProjectAccess(TeamStore teams) {
        this.teams = teams;
    }

    public VisibleProjects of(Actor actor) {
        return actor.role().seesAllProjects() ? VisibleProjects.ALL : teams.visibleTo(actor.userId());
    }

    /**
     * Ends the request as if there were no such project, unless the actor sees it.
     *
     * @throws ApiException not found
     */
    public void require(Actor actor, long projectId) {
        if (!of(actor).contains(projectId)) {
            throw ApiException.notFound("project", projectId);
        }
    }
}
