package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.storage.issue.state.RecoveredIssue;
import dev.resentry.storage.lease.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Incidents of monitors, from the check-in that opened one to the issue that is resolved. Each is told once, by an event with an id of its
 * own: told twice, as a process died in between, it is stored once. While its project has no key, it waits.
 */
public final class MonitorIncidents {
    private static final String TURN = "monitor-incidents";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 100;

    /** For so long an event may be on its way to its issue. */
    private static final Duration AWAITED = Duration.ofDays(1);

    private static final String UNTOLD = """
            SELECT e.id, e.monitor_id, e.environment, m.project_id, e.incident_event_id, e.incident_details::text AS details,
                   key.public_key, %s
            FROM monitor_environments e
            JOIN monitors m ON m.id = e.monitor_id
            CROSS JOIN LATERAL (
                SELECT public_key FROM project_keys k WHERE k.project_id = m.project_id ORDER BY k.active DESC, k.id LIMIT 1) AS key
            WHERE e.incident_event_id IS NOT NULL AND NOT e.incident_told
            ORDER BY e.id LIMIT :limit
            """.formatted(MonitorRows.SETTINGS);

    /** The newest first: whose event never comes is waited for longest, and must not be in the way of others. */
    private static final String OVER = """
            SELECT e.id FROM monitor_environments e
            WHERE e.incident_event_id IS NOT NULL AND e.incident_told AND e.incident_over_at IS NOT NULL
            ORDER BY e.incident_over_at DESC, e.id LIMIT :limit
            """;

    private static final String LOCK_OVER = """
            SELECT m.project_id, e.incident_event_id, e.incident_over_at
            FROM monitor_environments e JOIN monitors m ON m.id = e.monitor_id
            WHERE e.id = :id AND e.incident_event_id IS NOT NULL AND e.incident_told AND e.incident_over_at IS NOT NULL
            FOR UPDATE OF e SKIP LOCKED
            """;

    private static final String END = """
            UPDATE monitor_environments
            SET incident_event_id = NULL, incident_since = NULL, incident_told = false, incident_details = NULL, incident_over_at = NULL
            WHERE id = :id
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Leases leases;
    private final TransactionTemplate transaction;

    public MonitorIncidents(DataSource dataSource, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.leases = new Leases(jdbc);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Tells of an incident; returns when that is kept. */
    @FunctionalInterface
    public interface Teller {
        void tell(MonitorIncident incident);
    }

    private record Over(long project, UUID event, Instant overAt) {}

    /**
     * Has incidents told that were not yet, unless another process does so now.
     *
     * @return how many
     */
    public int tell(String owner, Teller teller) {
        if (!isAnyUntold() || !leases.take(TURN, owner, LEASE)) {
            return 0;
        }
        try {
            List<MonitorIncident> untold = jdbc.sql(UNTOLD)
                    .param("limit", AT_ONCE)
                    .query((row, _) -> incident(row))
                    .list();
            for (MonitorIncident incident : untold) {
                teller.tell(incident);
                jdbc.sql("""
                                UPDATE monitor_environments SET incident_told = true
                                WHERE id = :id AND incident_event_id = :event
                                """)
                        .param("id", incident.environmentId())
                        .param("event", incident.eventId().value())
                        .update();
            }
            return untold.size();
        } finally {
            leases.giveBack(TURN, owner);
        }
    }

    private boolean isAnyUntold() {
        return jdbc.sql("""
                        SELECT EXISTS (
                            SELECT FROM monitor_environments WHERE incident_event_id IS NOT NULL AND NOT incident_told)
                        """).query(Boolean.class).single();
    }

    /**
     * Resolves the issues of incidents that are over, if nobody did yet. An event that has not become part of an issue yet is waited for.
     * Each has a transaction of its own, so that no two wait for each other's issues.
     *
     * @return how many are done with
     */
    public int resolve(Instant now) {
        int done = 0;
        while (true) {
            List<Long> over = jdbc.sql(OVER)
                    .param("limit", AT_ONCE)
                    .query((row, _) -> row.getLong("id"))
                    .list();
            int before = done;
            for (long id : over) {
                if (Boolean.TRUE.equals(transaction.execute(_ -> resolveOne(id, now)))) {
                    done++;
                }
            }
            if (done == before || over.size() < AT_ONCE) {
                return done;
            }
        }
    }

    private boolean resolveOne(long id, Instant now) {
        Optional<Over> locked =
                jdbc.sql(LOCK_OVER).param("id", id).query((row, _) -> over(row)).optional();
        if (locked.isEmpty()) {
            return false;
        }
        Over over = locked.get();
        boolean found = Boolean.TRUE.equals(template.execute((ConnectionCallback<Boolean>)
                connection -> RecoveredIssue.resolve(connection, over.project(), new EventId(over.event()), now)));
        if (!found && !over.overAt().plus(AWAITED).isBefore(now)) {
            return false;
        }
        jdbc.sql(END).param("id", id).update();
        return true;
    }

    private static Over over(ResultSet row) throws SQLException {
        return new Over(
                row.getLong("project_id"),
                row.getObject("incident_event_id", UUID.class),
                MonitorRows.required(row, "incident_over_at"));
    }

    private static MonitorIncident incident(ResultSet row) throws SQLException {
        JsonNode details = UntrustedJson.STORED.tree(row.getString("details"));
        JsonNode expected = details.path("expected_at");
        return new MonitorIncident(
                row.getLong("id"),
                row.getLong("monitor_id"),
                row.getString("environment"),
                new ProjectId(row.getLong("project_id")),
                new PublicKey(row.getString("public_key")),
                new EventId(row.getObject("incident_event_id", UUID.class)),
                MonitorRows.settings(row),
                CheckInStatus.of(details.path("status").asString()),
                Instant.parse(details.path("at").asString()),
                expected.isString() ? Instant.parse(expected.asString()) : null,
                details.path("check_in_id").asString(),
                details.path("failures").asInt(1));
    }
}
