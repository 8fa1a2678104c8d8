package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The check-ins that are there, read and written many at once. Whoever writes has the lock of their monitors. */
final class CheckInRows {
    private static final String BY_ID = """
            SELECT %s FROM check_ins c JOIN unnest(:environments::bigint[], :ids::uuid[]) AS given(environment, id)
                ON c.environment_id = given.environment AND c.id = given.id
            """.formatted(MonitorRows.CHECK_IN);

    private static final String IN_PROGRESS = """
            SELECT %s FROM unnest(:environments::bigint[]) AS given(environment)
            CROSS JOIN LATERAL (
                SELECT * FROM check_ins i WHERE i.environment_id = given.environment AND i.status = 'in_progress'
                ORDER BY i.at DESC LIMIT 100) AS c
            """.formatted(MonitorRows.CHECK_IN);

    private static final String ENDED_BY = """
            SELECT %s FROM check_ins c WHERE c.ended_by = ANY (:items::uuid[])
            """.formatted(MonitorRows.CHECK_IN);

    private static final String NEWEST = """
            SELECT %s FROM unnest(:environments::bigint[]) AS given(environment)
            CROSS JOIN LATERAL (
                SELECT * FROM check_ins i WHERE i.environment_id = given.environment ORDER BY i.at DESC, i.id DESC LIMIT :limit) AS c
            ORDER BY c.environment_id, c.at DESC, c.id DESC
            """.formatted(MonitorRows.CHECK_IN);

    private static final String WRITE = """
            INSERT INTO check_ins AS c (environment_id, id, at, status, expected_at, ended_at, duration_ms, timeout_at, release, trace_id,
                                        ended_by, problem)
            SELECT * FROM unnest(:environments::bigint[], :ids::uuid[], :ats::timestamptz[], :statuses::text[],
                                 :expected::timestamptz[], :ends::timestamptz[], :durations::bigint[], :timeouts::timestamptz[],
                                 :releases::text[], :traces::uuid[], :ended_by::uuid[], :problems::text[])
            ON CONFLICT (environment_id, id) DO UPDATE
            SET at = excluded.at, status = excluded.status, expected_at = excluded.expected_at, ended_at = excluded.ended_at,
                duration_ms = excluded.duration_ms, timeout_at = excluded.timeout_at, release = excluded.release,
                trace_id = excluded.trace_id, ended_by = excluded.ended_by, problem = excluded.problem
            """;

    /** What was taken for missed, as its check-in was on its way. */
    private static final String UNMISS = """
            DELETE FROM check_ins c USING unnest(:environments::bigint[], :ats::timestamptz[]) AS came(environment, at)
            WHERE c.environment_id = came.environment AND c.status = 'missed' AND c.at >= came.at
              AND c.expected_at - interval '15 seconds' <= came.at
            """;

    private final JdbcClient jdbc;

    CheckInRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record RunKey(long environment, UUID id) {
        static RunKey of(StoredCheckIn row) {
            return new RunKey(row.environmentId(), row.id());
        }
    }

    Map<RunKey, StoredCheckIn> find(Collection<RunKey> keys) {
        Map<RunKey, StoredCheckIn> found = new HashMap<>();
        jdbc.sql(BY_ID)
                .param("environments", keys.stream().map(RunKey::environment).toArray(Long[]::new))
                .param("ids", keys.stream().map(key -> key.id().toString()).toArray(String[]::new))
                .query((row, _) -> MonitorRows.checkIn(row))
                .list()
                .forEach(row -> found.put(RunKey.of(row), row));
        return found;
    }

    List<StoredCheckIn> inProgress(Collection<Long> environments) {
        return jdbc.sql(IN_PROGRESS)
                .param("environments", environments.toArray(Long[]::new))
                .query((row, _) -> MonitorRows.checkIn(row))
                .list();
    }

    List<StoredCheckIn> endedBy(Collection<UUID> items) {
        return jdbc.sql(ENDED_BY)
                .param("items", items.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, _) -> MonitorRows.checkIn(row))
                .list();
    }

    /** The newest of each environment, the newest first; of some, nothing. */
    Map<Long, List<StoredCheckIn>> newest(Collection<Long> environments, int limit) {
        Map<Long, List<StoredCheckIn>> newest = new HashMap<>();
        jdbc.sql(NEWEST)
                .param("environments", environments.toArray(Long[]::new))
                .param("limit", limit)
                .query((row, _) -> MonitorRows.checkIn(row))
                .list()
                .forEach(row -> newest.computeIfAbsent(row.environmentId(), _ -> new ArrayList<>())
                        .add(row));
        return newest;
    }

    void write(Collection<StoredCheckIn> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql(WRITE)
                .param(
                        "environments",
                        rows.stream().map(StoredCheckIn::environmentId).toArray(Long[]::new))
                .param("ids", texts(rows, row -> row.id().toString()))
                .param("ats", times(rows, StoredCheckIn::at))
                .param("statuses", texts(rows, row -> row.status().wireName()))
                .param("expected", times(rows, StoredCheckIn::expectedAt))
                .param("ends", times(rows, StoredCheckIn::endedAt))
                .param("durations", rows.stream().map(StoredCheckIn::durationMs).toArray(Long[]::new))
                .param("timeouts", times(rows, StoredCheckIn::timeoutAt))
                .param("releases", texts(rows, StoredCheckIn::release))
                .param("traces", texts(rows, row -> text(row.traceId())))
                .param("ended_by", texts(rows, row -> text(row.endedBy())))
                .param("problems", texts(rows, StoredCheckIn::problem))
                .update();
    }

    /** Takes back what counted as missed before one of these came. */
    void unmiss(Collection<StoredCheckIn> came) {
        List<StoredCheckIn> reported = came.stream()
                .filter(row -> row.status() != CheckInStatus.MISSED)
                .toList();
        jdbc.sql(UNMISS)
                .param(
                        "environments",
                        reported.stream().map(StoredCheckIn::environmentId).toArray(Long[]::new))
                .param("ats", times(reported, StoredCheckIn::at))
                .update();
    }

    private static @Nullable String[] times(
            Collection<StoredCheckIn> rows, Function<StoredCheckIn, @Nullable Instant> column) {
        return texts(rows, row -> text(column.apply(row)));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String[] texts(
            Collection<StoredCheckIn> rows, Function<StoredCheckIn, @Nullable String> column) {
        return rows.stream().map(row -> MonitorRows.stored(column.apply(row))).toArray(String[]::new);
    }
}
