package dev.resentry.storage.monitor;

import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the monitors that people and check-ins make. Each method joins the caller's transaction. */
public final class MonitorStore {
    /** How many a project may have. */
    public static final int MOST = LockedMonitors.MOST;

    private static final String SELECT = """
            SELECT m.id, m.project_id, p.slug AS project_slug, m.created_at, m.scheduled_since, %s
            FROM monitors m JOIN projects p ON p.id = m.project_id
            """.formatted(MonitorRows.SETTINGS);

    private static final String ENVIRONMENTS = """
            SELECT e.id, e.monitor_id, e.environment, e.status, e.last_at, e.next_at, e.failures,
                   CASE WHEN e.incident_over_at IS NULL THEN e.incident_since END AS failing_since, v.issue_id
            FROM monitor_environments e
            JOIN monitors m ON m.id = e.monitor_id
            LEFT JOIN event_identities d ON d.project_id = m.project_id AND d.event_id = e.last_event_id
            LEFT JOIN events v ON v.received_at = d.received_at AND v.project_id = d.project_id AND v.event_id = d.event_id
            WHERE e.monitor_id = ANY (:monitors)
            ORDER BY e.monitor_id, lower(e.environment), e.id
            """;

    private static final String ADD = """
            INSERT INTO monitors (project_id, slug, name, status, schedule_type, schedule, time_zone, margin_minutes,
                                  max_runtime_minutes, failure_threshold, recovery_threshold, owner, created_at, scheduled_since)
            VALUES (:project, :slug, :name, :status, :schedule_type, :schedule, :time_zone, :margin,
                    :max_runtime, :failure_threshold, :recovery_threshold, :owner, :now, :now)
            RETURNING id
            """;

    private final JdbcClient jdbc;

    public MonitorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What came of adding a monitor. */
    public sealed interface Added {
        record As(long id) implements Added {}

        /** The project has {@link #MOST} already. */
        record TooMany() implements Added {}

        /** The project has one of this slug. */
        record SlugTaken() implements Added {}
    }

    /**
     * Monitors of projects by name, a page at a time.
     *
     * @param behind the id of the last one of the page before; 0 for the first page
     */
    public List<StoredMonitor> list(VisibleProjects visible, String words, long behind, int limit) {
        return withEnvironments(jdbc.sql(SELECT + """
                        WHERE p.status <> 'deleting' %s
                          AND (:words = '' OR position(lower(:words) IN lower(m.name || ' ' || m.slug)) > 0)
                          AND (:behind = 0 OR (lower(m.name), m.id) > (SELECT lower(b.name), b.id FROM monitors b WHERE b.id = :behind))
                        ORDER BY lower(m.name), m.id LIMIT :limit
                        """.formatted(visible.and("m.project_id")))
                .param("visible", visible.parameter())
                .param("words", words)
                .param("behind", behind)
                .param("limit", limit)
                .query((row, _) -> monitor(row))
                .list());
    }

    /** The monitors of a slug in some projects, each of which may have one; the oldest first. */
    public List<StoredMonitor> ofSlug(VisibleProjects visible, String slug, int limit) {
        return withEnvironments(jdbc.sql(SELECT + """
                        WHERE p.status <> 'deleting' %s AND m.slug = :slug ORDER BY m.id LIMIT :limit
                        """.formatted(visible.and("m.project_id")))
                .param("visible", visible.parameter())
                .param("slug", slug)
                .param("limit", limit)
                .query((row, _) -> monitor(row))
                .list());
    }

    public Optional<StoredMonitor> find(long id) {
        return withEnvironments(jdbc.sql(SELECT + "WHERE m.id = :id")
                        .param("id", id)
                        .query((row, _) -> monitor(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** Locks the project, so that two who add at once do not add too many. */
    public Added add(long project, MonitorSettings settings, Instant now) {
        jdbc.sql("SELECT id FROM projects WHERE id = :project FOR NO KEY UPDATE")
                .param("project", project)
                .query(Long.class)
                .single();
        LockedMonitors.lockProjects(jdbc, project);
        long count = jdbc.sql("SELECT count(*) FROM monitors WHERE project_id = :project")
                .param("project", project)
                .query(Long.class)
                .single();
        if (count >= MOST) {
            return new Added.TooMany();
        }
        if (isTaken(project, settings.slug())) {
            return new Added.SlugTaken();
        }
        return new Added.As(MonitorRows.bind(jdbc.sql(ADD), settings)
                .param("project", project)
                .param("now", MonitorRows.time(now))
                .query(Long.class)
                .single());
    }

    /** Replaces what is said of a monitor but its slug, and has judged what follows. */
    public void replace(StoredMonitor before, MonitorSettings settings, Instant now) {
        lock(before.id());
        MonitorRows.bind(jdbc.sql(LockedMonitors.CONFIGURE), settings)
                .param("id", before.id())
                .param("otherwise", settings.isDueOtherwiseThan(before.settings()))
                .param("now", MonitorRows.time(now))
                .update();
        new MonitorJudgement(jdbc)
                .judge(before.environments().stream()
                        .map(MonitorEnvironment::id)
                        .toList());
    }

    /** Removes a monitor with its check-ins. */
    public void remove(long id) {
        jdbc.sql("DELETE FROM monitors WHERE id = :id").param("id", id).update();
    }

    /** Removes an environment of a monitor with its check-ins; false if there is none. */
    public boolean removeEnvironment(long monitor, String environment) {
        lock(monitor);
        return jdbc.sql("DELETE FROM monitor_environments WHERE monitor_id = :id AND environment = :environment")
                        .param("id", monitor)
                        .param("environment", environment)
                        .update()
                > 0;
    }

    /** Keeps writers of check-ins away, which count on what they have found. */
    private void lock(long monitor) {
        jdbc.sql("SELECT id FROM monitors WHERE id = :id FOR UPDATE")
                .param("id", monitor)
                .query(_ -> {});
    }

    private boolean isTaken(long project, String slug) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM monitors WHERE project_id = :project AND slug = :slug)")
                .param("project", project)
                .param("slug", slug)
                .query(Boolean.class)
                .single();
    }

    private List<StoredMonitor> withEnvironments(List<StoredMonitor> monitors) {
        Map<Long, List<MonitorEnvironment>> environments =
                environments(monitors.stream().map(StoredMonitor::id).toList());
        return monitors.stream()
                .map(one -> new StoredMonitor(
                        one.id(),
                        one.projectId(),
                        one.projectSlug(),
                        one.settings(),
                        one.createdAt(),
                        one.scheduledSince(),
                        environments.getOrDefault(one.id(), List.of())))
                .toList();
    }

    private Map<Long, List<MonitorEnvironment>> environments(Collection<Long> monitors) {
        Map<Long, List<MonitorEnvironment>> environments = new HashMap<>();
        jdbc.sql(ENVIRONMENTS).param("monitors", monitors.toArray(Long[]::new)).query(row -> {
            environments
                    .computeIfAbsent(row.getLong("monitor_id"), _ -> new ArrayList<>())
                    .add(environment(row));
        });
        return environments;
    }

    private static MonitorEnvironment environment(ResultSet row) throws SQLException {
        return new MonitorEnvironment(
                row.getLong("id"),
                row.getString("environment"),
                row.getString("status"),
                MonitorRows.instant(row, "last_at"),
                MonitorRows.instant(row, "next_at"),
                row.getInt("failures"),
                MonitorRows.instant(row, "failing_since"),
                row.getObject("issue_id", Long.class));
    }

    private static StoredMonitor monitor(ResultSet row) throws SQLException {
        return new StoredMonitor(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("project_slug"),
                MonitorRows.settings(row),
                MonitorRows.required(row, "created_at"),
                MonitorRows.required(row, "scheduled_since"),
                List.of());
    }
}
