package dev.resentry.storage.monitor;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.monitor.CheckInItem.MonitorKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The monitors of a batch and their environments, under their locks. Those that check-ins are the first to name are made, and what check-ins
 * say of their monitor is written.
 */
final class LockedMonitors {
    /** How many a project may have, and how many environments each. */
    static final int MOST = 500;

    static final int MOST_ENVIRONMENTS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LockedMonitors.class);

    private static final String MISSING = """
            SELECT given.project, given.slug FROM unnest(:projects::bigint[], :slugs::text[]) AS given(project, slug)
            WHERE NOT EXISTS (SELECT FROM monitors m WHERE m.project_id = given.project AND m.slug = given.slug)
            """;

    /** Two batches that name new monitors of one project: the second sees what the first has made. */
    private static final String LOCK_PROJECTS = """
            SELECT pg_advisory_xact_lock(hashtext('resentry.monitors'), (project & 2147483647)::int)
            FROM (SELECT DISTINCT project FROM unnest(:projects::bigint[]) AS given(project) ORDER BY project) AS wanted
            """;

    private static final String MAKE = """
            INSERT INTO monitors (project_id, slug, name, status, time_zone, margin_minutes, max_runtime_minutes, failure_threshold,
                                  recovery_threshold, created_at, scheduled_since)
            SELECT project, slug, slug, 'active', 'UTC', :margin, :max_runtime, 1, 1, :now, :now
            FROM (SELECT project, slug, row_number() OVER (PARTITION BY project ORDER BY slug) AS number FROM (%s) AS missing) AS new
            WHERE number + (SELECT count(*) FROM monitors m WHERE m.project_id = new.project) <= :most
            ORDER BY project, slug
            ON CONFLICT DO NOTHING
            """.formatted(MISSING);

    private static final String LOCK = """
            SELECT m.id, m.project_id, m.scheduled_since, %s
            FROM monitors m JOIN unnest(:projects::bigint[], :slugs::text[]) AS given(project, slug)
                ON m.project_id = given.project AND m.slug = given.slug
            ORDER BY m.id
            FOR UPDATE OF m
            """.formatted(MonitorRows.SETTINGS);

    private static final String MAKE_ENVIRONMENTS = """
            INSERT INTO monitor_environments (monitor_id, environment, created_at)
            SELECT monitor, environment, :now
            FROM (SELECT monitor, environment, row_number() OVER (PARTITION BY monitor ORDER BY environment) AS number
                  FROM unnest(:monitors::bigint[], :names::text[]) AS given(monitor, environment)
                  WHERE NOT EXISTS (
                      SELECT FROM monitor_environments e WHERE e.monitor_id = given.monitor AND e.environment = given.environment)
                 ) AS new
            WHERE number + (SELECT count(*) FROM monitor_environments e WHERE e.monitor_id = new.monitor) <= :most
            ORDER BY monitor, environment
            """;

    private static final String ENVIRONMENTS = """
            SELECT e.id, e.monitor_id, e.environment, e.next_at FROM monitor_environments e WHERE e.monitor_id = ANY (:monitors)
            """;

    private static final String OF_CONFIGURED =
            "SELECT id FROM monitor_environments WHERE monitor_id = ANY (:monitors) ORDER BY id";

    static final String CONFIGURE = """
            UPDATE monitors
            SET name = :name, status = :status, schedule_type = :schedule_type, schedule = :schedule, time_zone = :time_zone,
                margin_minutes = :margin, max_runtime_minutes = :max_runtime, failure_threshold = :failure_threshold,
                recovery_threshold = :recovery_threshold, owner = :owner,
                scheduled_since = CASE WHEN :otherwise THEN :now ELSE scheduled_since END
            WHERE id = :id AND slug = :slug
            """;

    private final JdbcClient jdbc;
    private final Map<MonitorKey, Monitor> monitors = new HashMap<>();
    private final Map<EnvironmentKey, Environment> environments = new HashMap<>();
    private final Set<Long> configured = new TreeSet<>();

    private LockedMonitors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Monitor(long id, MonitorSettings settings) {}

    /**
     * An environment of a monitor.
     *
     * @param nextAt when a check-in is due, as far as it was known
     */
    record Environment(
            long id, MonitorSettings settings, @Nullable Instant nextAt) {}

    private record EnvironmentKey(long monitor, String environment) {}

    static LockedMonitors of(JdbcClient jdbc, Cause cause, Instant now, List<CheckInItem> items) {
        var locked = new LockedMonitors(jdbc);
        locked.lock(new TreeSet<>(items.stream().map(CheckInItem::monitor).toList()), now);
        locked.configure(cause, items);
        locked.readEnvironments(items, now);
        return locked;
    }

    /** Empty if there is none, as there are too many, or its monitor is disabled. */
    Optional<Environment> environment(CheckInItem item) {
        Monitor monitor = monitors.get(item.monitor());
        return monitor == null || monitor.settings().status() == MonitorStatus.DISABLED
                ? Optional.empty()
                : Optional.ofNullable(environments.get(
                        new EnvironmentKey(monitor.id(), item.checkIn().environment())));
    }

    /** All environments of the monitors that check-ins have changed, whether or not a check-in names them. */
    List<Long> configured() {
        return configured.isEmpty()
                ? List.of()
                : jdbc.sql(OF_CONFIGURED)
                        .param("monitors", configured.toArray(Long[]::new))
                        .query((row, _) -> row.getLong("id"))
                        .list();
    }

    private void lock(Set<MonitorKey> keys, Instant now) {
        List<MonitorKey> missing = named(jdbc.sql(MISSING), keys)
                .query((row, _) -> new MonitorKey(row.getLong("project"), row.getString("slug")))
                .list();
        if (!missing.isEmpty()) {
            lockProjects(jdbc, missing.stream().map(MonitorKey::project).toArray(Long[]::new));
            named(jdbc.sql(MAKE), missing)
                    .param("margin", MonitorSettings.STANDARD_MARGIN)
                    .param("max_runtime", MonitorSettings.STANDARD_MAX_RUNTIME)
                    .param("now", MonitorRows.time(now))
                    .param("most", MOST)
                    .update();
        }
        named(jdbc.sql(LOCK), keys).query(row -> {
            MonitorSettings settings = MonitorRows.settings(row);
            monitors.put(
                    new MonitorKey(row.getLong("project_id"), settings.slug()),
                    new Monitor(row.getLong("id"), settings));
        });
        keys.stream()
                .filter(key -> !monitors.containsKey(key))
                .forEach(key -> LOG.atWarn()
                        .addKeyValue("project", key.project())
                        .addKeyValue("limit", MOST)
                        .log("A check-in makes no monitor: its project has too many"));
    }

    /** Whoever has this lock makes monitors of a project, and nobody else. */
    static void lockProjects(JdbcClient jdbc, Long... projects) {
        jdbc.sql(LOCK_PROJECTS).param("projects", projects).query(_ -> {});
    }

    private static JdbcClient.StatementSpec named(JdbcClient.StatementSpec statement, Collection<MonitorKey> keys) {
        return statement
                .param("projects", keys.stream().map(MonitorKey::project).toArray(Long[]::new))
                .param("slugs", keys.stream().map(MonitorKey::slug).toArray(String[]::new));
    }

    /** What a sender says counts, the last word of it; what was said long ago only if nobody has said anything since. */
    private void configure(Cause cause, List<CheckInItem> items) {
        for (CheckInItem item : items) {
            Monitor monitor = monitors.get(item.monitor());
            MonitorConfig config = item.checkIn().config();
            if (monitor == null
                    || config == null
                    || (cause == Cause.REPLAY && monitor.settings().schedule() != null)) {
                continue;
            }
            MonitorSettings changed = config.over(monitor.settings());
            if (!changed.equals(monitor.settings())) {
                MonitorRows.bind(jdbc.sql(CONFIGURE), changed)
                        .param("id", monitor.id())
                        .param("otherwise", changed.isDueOtherwiseThan(monitor.settings()))
                        .param("now", MonitorRows.time(item.at()))
                        .update();
                monitors.put(item.monitor(), new Monitor(monitor.id(), changed));
                configured.add(monitor.id());
            }
        }
    }

    private void readEnvironments(List<CheckInItem> items, Instant now) {
        Set<EnvironmentKey> wanted = new HashSet<>();
        Map<Long, MonitorSettings> settings = new HashMap<>();
        for (CheckInItem item : items) {
            Monitor monitor = monitors.get(item.monitor());
            if (monitor != null && monitor.settings().status() != MonitorStatus.DISABLED) {
                wanted.add(new EnvironmentKey(monitor.id(), item.checkIn().environment()));
                settings.put(monitor.id(), monitor.settings());
            }
        }
        readEnvironments(settings);
        List<EnvironmentKey> missing = new ArrayList<>(wanted);
        missing.removeAll(environments.keySet());
        if (missing.isEmpty()) {
            return;
        }
        int made = jdbc.sql(MAKE_ENVIRONMENTS)
                .param("monitors", missing.stream().map(EnvironmentKey::monitor).toArray(Long[]::new))
                .param(
                        "names",
                        missing.stream().map(EnvironmentKey::environment).toArray(String[]::new))
                .param("now", MonitorRows.time(now))
                .param("most", MOST_ENVIRONMENTS)
                .update();
        if (made < missing.size()) {
            LOG.atWarn()
                    .addKeyValue("environments", missing.size() - made)
                    .addKeyValue("limit", MOST_ENVIRONMENTS)
                    .log("Check-ins make no environments: their monitors have too many");
        }
        readEnvironments(settings);
    }

    private void readEnvironments(Map<Long, MonitorSettings> settings) {
        jdbc.sql(ENVIRONMENTS)
                .param("monitors", settings.keySet().toArray(Long[]::new))
                .query(row -> {
                    long monitor = row.getLong("monitor_id");
                    MonitorSettings of = settings.get(monitor);
                    if (of != null) {
                        environments.put(
                                new EnvironmentKey(monitor, row.getString("environment")),
                                new Environment(row.getLong("id"), of, MonitorRows.instant(row, "next_at")));
                    }
                });
    }
}
