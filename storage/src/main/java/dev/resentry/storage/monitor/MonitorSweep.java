package dev.resentry.storage.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds what did not come and what does not end. Each is found once, by any number of processes: what is found follows from the schedule
 * and is written under the lock of its monitor, in one transaction with what follows from it.
 */
public final class MonitorSweep {
    private static final String TURN = "monitor-sweep";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 200;

    /** What was due longer ago is not looked for, and of the rest as many as there are, to show that nothing came. */
    private static final Duration LOOKS_BACK = Duration.ofDays(7);

    private static final int MOST_MISSED = 100;

    /** What is in progress in a project that takes nothing stays so: it must not be in the way of others. */
    private static final String DUE = """
            SELECT monitor_id FROM (
                SELECT e.monitor_id, e.late_at AS at FROM monitor_environments e WHERE e.late_at <= :until
                UNION ALL
                SELECT e.monitor_id, c.timeout_at
                FROM check_ins c
                JOIN monitor_environments e ON e.id = c.environment_id
                JOIN monitors m ON m.id = e.monitor_id
                JOIN projects p ON p.id = m.project_id AND p.status = 'active'
                WHERE c.status = 'in_progress' AND c.timeout_at <= :until
                ORDER BY at LIMIT :limit) AS due
            GROUP BY monitor_id
            """;

    private static final String LOCK = """
            SELECT m.id, p.status = 'active' AS taken FROM monitors m JOIN projects p ON p.id = m.project_id
            WHERE m.id = ANY (:monitors)
            ORDER BY m.id
            FOR UPDATE OF m SKIP LOCKED
            """;

    private static final String LATE = """
            SELECT e.id, e.next_at, m.scheduled_since, %s
            FROM monitor_environments e JOIN monitors m ON m.id = e.monitor_id
            WHERE e.monitor_id = ANY (:monitors) AND e.late_at <= :until
            """.formatted(MonitorRows.SETTINGS);

    private static final String TIME_OUT = """
            UPDATE check_ins c SET status = 'timeout'
            FROM monitor_environments e
            WHERE e.monitor_id = ANY (:monitors) AND c.environment_id = e.id AND c.status = 'in_progress' AND c.timeout_at <= :until
            RETURNING c.environment_id
            """;

    /** Of projects that take nothing at present, nothing can be missed: they are due anew from now on. */
    private static final String POSTPONE = "UPDATE monitors SET scheduled_since = :until WHERE id = ANY (:monitors)";

    private static final String ENVIRONMENTS =
            "SELECT id FROM monitor_environments WHERE monitor_id = ANY (:monitors) ORDER BY id";

    private final JdbcClient jdbc;
    private final Leases leases;
    private final TransactionTemplate transaction;

    public MonitorSweep(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.leases = new Leases(jdbc);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What a sweep found. */
    public record Found(int missed, int timedOut) {
        public static final Found NOTHING = new Found(0, 0);

        Found plus(Found other) {
            return new Found(missed + other.missed, timedOut + other.timedOut);
        }
    }

    /** Whether there is anything to sweep, now or later. */
    public boolean isAnyMonitor() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM monitors)")
                .query(Boolean.class)
                .single();
    }

    /** Sweeps, unless another process does so now. */
    public Found sweep(String owner, Instant until) {
        if (due(until).isEmpty() || !leases.take(TURN, owner, LEASE)) {
            return Found.NOTHING;
        }
        try {
            return sweep(until);
        } finally {
            leases.giveBack(TURN, owner);
        }
    }

    /**
     * Finds what did not come and did not end up to a time.
     *
     * @param until all check-ins that came before are stored
     */
    public Found sweep(Instant until) {
        Found found = Found.NOTHING;
        Set<Long> seen = new TreeSet<>();
        while (true) {
            List<Long> due = new ArrayList<>(due(until));
            due.removeAll(seen);
            if (due.isEmpty()) {
                return found;
            }
            seen.addAll(due);
            found = found.plus(transaction.execute(_ -> sweep(due, until)));
        }
    }

    private List<Long> due(Instant until) {
        return jdbc.sql(DUE)
                .param("until", MonitorRows.time(until))
                .param("limit", AT_ONCE)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private record Locked(long id, boolean taken) {}

    private record Late(long environment, Instant nextAt, MonitorSettings settings) {}

    private Found sweep(List<Long> monitors, Instant until) {
        List<Locked> locked = jdbc.sql(LOCK)
                .param("monitors", monitors.toArray(Long[]::new))
                .query((row, _) -> new Locked(row.getLong("id"), row.getBoolean("taken")))
                .list();
        Long[] taken = locked.stream().filter(Locked::taken).map(Locked::id).toArray(Long[]::new);
        Long[] others =
                locked.stream().filter(one -> !one.taken()).map(Locked::id).toArray(Long[]::new);
        Set<Long> touched = new TreeSet<>();
        List<StoredCheckIn> missed = missed(taken, until);
        new CheckInRows(jdbc).write(missed);
        missed.forEach(row -> touched.add(row.environmentId()));
        List<Long> timedOut = jdbc.sql(TIME_OUT)
                .param("monitors", taken)
                .param("until", MonitorRows.time(until))
                .query((row, _) -> row.getLong(1))
                .list();
        touched.addAll(timedOut);
        if (others.length > 0) {
            jdbc.sql(POSTPONE)
                    .param("monitors", others)
                    .param("until", MonitorRows.time(until))
                    .update();
            touched.addAll(jdbc.sql(ENVIRONMENTS)
                    .param("monitors", others)
                    .query((row, _) -> row.getLong(1))
                    .list());
        }
        new MonitorJudgement(jdbc).judge(touched);
        return new Found(missed.size(), timedOut.size());
    }

    private List<StoredCheckIn> missed(Long[] monitors, Instant until) {
        List<StoredCheckIn> missed = new ArrayList<>();
        jdbc.sql(LATE)
                .param("monitors", monitors)
                .param("until", MonitorRows.time(until))
                .query((row, _) ->
                        new Late(row.getLong("id"), MonitorRows.required(row, "next_at"), MonitorRows.settings(row)))
                .list()
                .forEach(late -> missed.addAll(missed(late, until)));
        return missed;
    }

    private static Deque<StoredCheckIn> missed(Late late, Instant until) {
        Deque<StoredCheckIn> missed = new ArrayDeque<>();
        @Nullable Instant due = late.nextAt();
        Instant first = until.minus(LOOKS_BACK);
        if (due.isBefore(first)) {
            due = late.settings().next(first);
        }
        while (due != null && !due.plus(late.settings().margin()).isAfter(until)) {
            missed.add(StoredCheckIn.missed(
                    late.environment(),
                    missedId(late.environment(), due),
                    due,
                    due.plus(late.settings().margin())));
            if (missed.size() > MOST_MISSED) {
                missed.removeFirst();
            }
            due = late.settings().next(due);
        }
        return missed;
    }

    private static UUID missedId(long environment, Instant due) {
        return UUID.nameUUIDFromBytes("missed %d %s".formatted(environment, due).getBytes(UTF_8));
    }
}
