package dev.resentry.storage.uptime;

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
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Outages, from the check that found one to the issue that is resolved. Each is told once, by an event with an id of its own: told
 * twice, as a process died in between, it is stored once. While its project has no key, it waits.
 */
public final class UptimeOutages {
    private static final String TURN = "uptime-outages";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 100;

    private static final String UNTOLD = """
            SELECT c.id, c.project_id, c.outage_event_id, c.outage_details::text AS details, key.public_key, %s
            FROM uptime_checks c
            CROSS JOIN LATERAL (
                SELECT public_key FROM project_keys k WHERE k.project_id = c.project_id ORDER BY k.active DESC, k.id LIMIT 1) AS key
            WHERE c.outage_event_id IS NOT NULL AND NOT c.outage_told
            ORDER BY c.id LIMIT :limit
            """.formatted(UptimeRows.SETTINGS);

    private static final String OVER = """
            SELECT c.id, c.project_id, c.outage_event_id, c.since
            FROM uptime_checks c
            WHERE c.outage_event_id IS NOT NULL AND c.outage_told AND c.state = 'up'
            ORDER BY c.id LIMIT :limit
            FOR UPDATE SKIP LOCKED
            """;

    private static final String END = """
            UPDATE uptime_checks SET outage_event_id = NULL, outage_told = false, outage_details = NULL WHERE id = :id
            """;

    /** For so long an event may be on its way to its issue. */
    private static final Duration AWAITED = Duration.ofDays(1);

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Leases leases;
    private final TransactionTemplate transaction;

    public UptimeOutages(DataSource dataSource, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.leases = new Leases(jdbc);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Tells of an outage; returns when that is kept. */
    @FunctionalInterface
    public interface Teller {
        void tell(UptimeOutage outage);
    }

    private record Over(long id, long project, UUID event, Instant upSince) {}

    /**
     * Has outages told that were not yet, unless another process does so now.
     *
     * @return how many
     */
    public int tell(String owner, Teller teller) {
        if (!isAnyUntold() || !leases.take(TURN, owner, LEASE)) {
            return 0;
        }
        try {
            List<UptimeOutage> untold = jdbc.sql(UNTOLD)
                    .param("limit", AT_ONCE)
                    .query((row, _) -> outage(row))
                    .list();
            for (UptimeOutage outage : untold) {
                teller.tell(outage);
                jdbc.sql("UPDATE uptime_checks SET outage_told = true WHERE id = :id AND outage_event_id = :event")
                        .param("id", outage.checkId())
                        .param("event", outage.eventId().value())
                        .update();
            }
            return untold.size();
        } finally {
            leases.giveBack(TURN, owner);
        }
    }

    /** Whether there is an outage that is not done with. */
    public boolean isAnyOpen() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM uptime_checks WHERE outage_event_id IS NOT NULL)")
                .query(Boolean.class)
                .single();
    }

    private boolean isAnyUntold() {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM uptime_checks WHERE outage_event_id IS NOT NULL AND NOT outage_told)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Resolves the issues of outages that are over, if nobody did yet. An event that has not become part of an issue yet is waited for.
     *
     * @return how many are done with
     */
    public int resolve(Instant now) {
        return transaction.execute(_ -> {
            int done = 0;
            for (Over over : jdbc.sql(OVER)
                    .param("limit", AT_ONCE)
                    .query((row, _) -> over(row))
                    .list()) {
                boolean found = Boolean.TRUE.equals(template.execute((ConnectionCallback<Boolean>) connection ->
                        RecoveredIssue.resolve(connection, over.project(), new EventId(over.event()), now)));
                if (found || over.upSince().plus(AWAITED).isBefore(now)) {
                    jdbc.sql(END).param("id", over.id()).update();
                    done++;
                }
            }
            return done;
        });
    }

    private static Over over(ResultSet row) throws SQLException {
        return new Over(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getObject("outage_event_id", UUID.class),
                UptimeRows.required(row, "since"));
    }

    private static UptimeOutage outage(ResultSet row) throws SQLException {
        JsonNode details = UntrustedJson.STORED.tree(row.getString("details"));
        Instant downAt = Instant.parse(details.path("down_at").asString());
        JsonNode status = details.path("status");
        return new UptimeOutage(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                new PublicKey(row.getString("public_key")),
                new EventId(row.getObject("outage_event_id", UUID.class)),
                UptimeRows.settings(row),
                Instant.parse(details.path("began_at").asString()),
                downAt,
                new UptimeResult(
                        downAt,
                        false,
                        status.isNumber() ? status.intValue() : null,
                        details.path("duration_ms").asInt(0),
                        details.path("error").asString(""),
                        details.path("location").asString("")));
    }
}
