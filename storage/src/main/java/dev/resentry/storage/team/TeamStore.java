package dev.resentry.storage.team;

import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps teams. What changes something is one statement, which joins the caller's transaction. */
public final class TeamStore {
    private final JdbcClient jdbc;

    public TeamStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The projects that a member or viewer may see: those of their teams, or all where the organization has it so. */
    public VisibleProjects visibleTo(long userId) {
        return jdbc.sql("""
                        SELECT members_see_all_projects,
                               CASE WHEN members_see_all_projects THEN '{}' ELSE ARRAY(
                                   SELECT p.project_id
                                   FROM team_members m
                                   JOIN team_projects p ON p.team_id = m.team_id
                                   WHERE m.user_id = :user) END
                        FROM organization
                        """)
                .param("user", userId)
                .query((row, _) -> row.getBoolean(1)
                        ? VisibleProjects.ALL
                        : new VisibleProjects(
                                new HashSet<>(List.of((Long[]) row.getArray(2).getArray()))))
                .single();
    }

    /** All teams, by slug. */
    public List<Team> list() {
        return teams(null);
    }

    public Optional<Team> find(long id) {
        return teams(id).stream().findFirst();
    }

    /** The slugs of the teams of each user who is in one. */
    public Map<Long, List<String>> ofUsers() {
        Map<Long, List<String>> teams = new HashMap<>();
        jdbc.sql("SELECT m.user_id, t.slug FROM team_members m JOIN teams t ON t.id = m.team_id ORDER BY t.slug")
                .query(row -> {
                    teams.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(row.getString(2));
                });
        return teams;
    }

    /** Those of some slugs that no team has. */
    public List<String> unknown(List<String> slugs) {
        return jdbc.sql("SELECT s FROM unnest(:slugs) AS s WHERE NOT EXISTS (SELECT FROM teams WHERE slug = s)")
                .param("slugs", slugs.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list();
    }

    /**
     * Adds a team and returns its id.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the slug is taken
     */
    public long add(String slug, String name, Instant at) {
        return jdbc.sql("INSERT INTO teams (slug, name, created_at) VALUES (:slug, :name, :at) RETURNING id")
                .param("slug", slug)
                .param("name", name)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /**
     * Names a team anew.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the slug is taken
     */
    public void change(long id, String slug, String name) {
        jdbc.sql("UPDATE teams SET slug = :slug, name = :name WHERE id = :id")
                .param("slug", slug)
                .param("name", name)
                .param("id", id)
                .update();
    }

    public void remove(long id) {
        jdbc.sql("DELETE FROM teams WHERE id = :id").param("id", id).update();
    }

    /** Has a user in a team; one who is already stays. */
    public void addMember(long teamId, long userId) {
        jdbc.sql("INSERT INTO team_members (team_id, user_id) VALUES (:team, :user) ON CONFLICT DO NOTHING")
                .param("team", teamId)
                .param("user", userId)
                .update();
    }

    /** Has a user in the teams of some slugs; those that are not there any more are left out. */
    public void addMember(List<String> slugs, long userId) {
        jdbc.sql("""
                        INSERT INTO team_members (team_id, user_id) SELECT id, :user FROM teams WHERE slug = ANY (:slugs)
                        ON CONFLICT DO NOTHING
                        """)
                .param("slugs", slugs.toArray(String[]::new))
                .param("user", userId)
                .update();
    }

    public void removeMember(long teamId, long userId) {
        jdbc.sql("DELETE FROM team_members WHERE team_id = :team AND user_id = :user")
                .param("team", teamId)
                .param("user", userId)
                .update();
    }

    /** Gives a team a project; one that it has already stays. */
    public void addProject(long teamId, long projectId) {
        jdbc.sql("INSERT INTO team_projects (team_id, project_id) VALUES (:team, :project) ON CONFLICT DO NOTHING")
                .param("team", teamId)
                .param("project", projectId)
                .update();
    }

    public void removeProject(long teamId, long projectId) {
        jdbc.sql("DELETE FROM team_projects WHERE team_id = :team AND project_id = :project")
                .param("team", teamId)
                .param("project", projectId)
                .update();
    }

    private List<Team> teams(@Nullable Long id) {
        Map<Long, List<Team.Member>> members = new HashMap<>();
        jdbc.sql("""
                        SELECT m.team_id, u.id, u.email, u.name FROM team_members m JOIN users u ON u.id = m.user_id
                        WHERE :team::bigint IS NULL OR m.team_id = :team
                        ORDER BY lower(u.email)
                        """).param("team", id).query(row -> {
            members.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                    .add(new Team.Member(row.getLong(2), row.getString(3), row.getString(4)));
        });
        Map<Long, List<Team.TeamProject>> projects = new HashMap<>();
        jdbc.sql("""
                        SELECT t.team_id, p.id, p.slug, p.name FROM team_projects t JOIN projects p ON p.id = t.project_id
                        WHERE :team::bigint IS NULL OR t.team_id = :team
                        ORDER BY p.slug
                        """).param("team", id).query(row -> {
            projects.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                    .add(new Team.TeamProject(row.getLong(2), row.getString(3), row.getString(4)));
        });
        return jdbc.sql("SELECT id, slug, name FROM teams WHERE :team::bigint IS NULL OR id = :team ORDER BY slug")
                .param("team", id)
                .query((row, _) -> new Team(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        members.getOrDefault(row.getLong(1), List.of()),
                        projects.getOrDefault(row.getLong(1), List.of())))
                .list();
    }
}
