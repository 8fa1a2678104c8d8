package dev.resentry.storage.uptime;

import dev.resentry.model.event.EventId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which checks are due, shared by all who make them: each is made once an interval, by one of them. It is held by a lease while it is
 * made, without a transaction; that of a process that died is made by another one when its lease ends.
 */
public final class UptimeSchedule {
    private static final String CLAIM = """
            UPDATE uptime_checks c
            SET lease_owner = :owner, leased_until = :now::timestamptz + make_interval(secs => c.timeout_seconds + :grace)
            WHERE c.id = ANY (ARRAY(
                SELECT due.id FROM uptime_checks due
                JOIN projects p ON p.id = due.project_id AND p.status = 'active'
                WHERE due.enabled AND due.next_at <= :now AND (due.leased_until IS NULL OR due.leased_until <= :now)
                ORDER BY due.next_at, due.id LIMIT :limit
                FOR UPDATE OF due SKIP LOCKED))
            RETURNING c.id, %s
            """.formatted(UptimeRows.SETTINGS);

    private static final String NEXT_DUE = """
            SELECT greatest(due.next_at, due.leased_until) AS at FROM uptime_checks due
            JOIN projects p ON p.id = due.project_id AND p.status = 'active'
            WHERE due.enabled
            ORDER BY at LIMIT 1
            """;

    private static final String HELD = """
            SELECT c.next_at, c.state, c.since, c.failures, c.failing_since, c.interval_minutes, c.failures_needed
            FROM uptime_checks c WHERE c.id = :id AND c.lease_owner = :owner
            FOR UPDATE
            """;

    private static final String UPDATE = """
            UPDATE uptime_checks
            SET lease_owner = NULL, leased_until = NULL, next_at = :next, state = :state, since = :since, failures = :failures,
                failing_since = :failing_since, last_at = :at, last_ok = :ok, last_status = :status,
                last_duration_ms = :duration, last_error = :error, last_location = :location
            WHERE id = :id
            """;

    private static final String OUTAGE = """
            UPDATE uptime_checks
            SET outage_event_id = :event, outage_told = false, outage_details = :details::json
            WHERE id = :id
            """;

    private static final String RESULT = """
            INSERT INTO uptime_results (check_id, at, ok, status, duration_ms, error, location)
            VALUES (:id, :at, :ok, :status, :duration, :error, :location)
            ON CONFLICT DO NOTHING
            """;

    private static final String HOUR = """
            INSERT INTO uptime_hours AS h (check_id, hour, ok, failed, duration_ms)
            VALUES (:id, :hour, :well, 1 - :well, :well * :duration)
            ON CONFLICT (check_id, hour) DO UPDATE
            SET ok = h.ok + excluded.ok, failed = h.failed + excluded.failed, duration_ms = h.duration_ms + excluded.duration_ms
            """;

    /** What a request may take behind its timeout until it is noted. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public UptimeSchedule(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Held(Instant nextAt, UptimeProgress progress, Duration interval, int needed) {}

    /** Takes checks that are due, the longest first. */
    public List<ClaimedCheck> claim(int limit, Instant now) {
        // One for each claim, so that a lease that has ended is not taken for the next one of the same process.
        String owner = UUID.randomUUID().toString();
        return jdbc.sql(CLAIM)
                .param("owner", owner)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("grace", GRACE.toSeconds())
                .param("limit", limit)
                .query((row, _) -> new ClaimedCheck(row.getLong("id"), owner, UptimeRows.settings(row)))
                .list();
    }

    /** When the next check may be claimed; empty if none is on. */
    public Optional<Instant> nextDue() {
        return jdbc.sql(NEXT_DUE).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
    }

    /**
     * Notes what came of a check, and when it is made next.
     *
     * @return false if it is not the owner's any more, as it was changed, or its lease has ended: it does not count then
     */
    public boolean finish(ClaimedCheck check, UptimeResult result, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(_ -> jdbc.sql(HELD)
                .param("id", check.id())
                .param("owner", check.owner())
                .query((row, _) -> held(row))
                .optional()
                .map(held -> {
                    note(check.id(), result, held, now);
                    return true;
                })
                .orElse(false)));
    }

    private void note(long id, UptimeResult result, Held held, Instant now) {
        UptimeProgress after = held.progress().after(result.ok(), result.at(), held.needed());
        with(jdbc.sql(UPDATE), id, result)
                .param("next", next(held, now).atOffset(ZoneOffset.UTC))
                .param("state", after.state().wireName())
                .param("since", after.since().atOffset(ZoneOffset.UTC))
                .param("failures", after.failures())
                .param(
                        "failing_since",
                        after.failingSince() == null
                                ? null
                                : after.failingSince().atOffset(ZoneOffset.UTC))
                .update();
        with(jdbc.sql(RESULT), id, result).update();
        jdbc.sql(HOUR)
                .param("id", id)
                .param("hour", result.at().truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("well", result.ok() ? 1 : 0)
                .param("duration", (long) result.durationMs())
                .update();
        if (after.state() == UptimeState.DOWN && held.progress().state() != UptimeState.DOWN) {
            jdbc.sql(OUTAGE)
                    .param("id", id)
                    .param("event", eventId(id, after.since()).value())
                    .param(
                            "details",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("began_at", String.valueOf(after.failingSince()))
                                    .put("down_at", after.since().toString())
                                    .put("status", result.status())
                                    .put("duration_ms", result.durationMs())
                                    .put("error", result.error())
                                    .put("location", result.location())
                                    .toString())
                    .update();
        }
    }

    /** An outage has one event, however often it is told. */
    private static EventId eventId(long id, Instant downAt) {
        return new EventId(
                UUID.nameUUIDFromBytes("uptime %d %s".formatted(id, downAt).getBytes(StandardCharsets.UTF_8)));
    }

    /** In step with what was planned; what was missed is not made up for. */
    private static Instant next(Held held, Instant now) {
        Instant planned = held.nextAt().plus(held.interval());
        return planned.isAfter(now) ? planned : now.plus(held.interval());
    }

    private static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, long id, UptimeResult result) {
        return statement
                .param("id", id)
                .param("at", result.at().atOffset(ZoneOffset.UTC))
                .param("ok", result.ok())
                .param("status", result.status())
                .param("duration", result.durationMs())
                .param("error", stored(result.error()))
                .param("location", result.location());
    }

    private static @Nullable String stored(@Nullable String text) {
        return text == null ? null : text.replace('\0', ' ');
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                UptimeRows.required(row, "next_at"),
                new UptimeProgress(
                        UptimeState.of(row.getString("state")),
                        UptimeRows.required(row, "since"),
                        row.getInt("failures"),
                        UptimeRows.instant(row, "failing_since")),
                Duration.ofMinutes(row.getInt("interval_minutes")),
                row.getInt("failures_needed"));
    }
}
