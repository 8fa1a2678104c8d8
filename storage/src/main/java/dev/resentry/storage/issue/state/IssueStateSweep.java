package dev.resentry.storage.issue.state;

import dev.resentry.model.issue.state.Escalation;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.IssueTransitions;
import dev.resentry.storage.issue.IssueStateColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what time does to issues: ends ignoring whose time has come or that escalate, resolves what has not happened for long, and lets
 * what is new, regressed or escalating become ongoing. Any number of processes may do so at once: an issue that another transaction
 * holds is passed over until the next time.
 */
public final class IssueStateSweep {
    private static final int AT_ONCE = 500;

    /** How long the last event of an issue that escalates may have happened ago. */
    private static final Duration ACTIVE = Duration.ofHours(1);

    /** Each looks for what one condition of {@link IssueTransitions#afterTime} is true of, with the same condition. */
    private static final List<String> DUE = List.of("""
            SELECT i.id, NULL::integer AS auto_resolve_hours, i.last_seen, %1$s
            FROM issues i
            WHERE i.ignore_until <= :now::timestamptz
            ORDER BY i.id LIMIT :limit
            FOR NO KEY UPDATE SKIP LOCKED
            """, """
            SELECT i.id, p.auto_resolve_hours, i.last_seen, %1$s
            FROM projects p
            JOIN issues i ON i.project_id = p.id
            WHERE p.auto_resolve_hours IS NOT NULL AND i.status = 'unresolved'
              AND i.last_seen <= :now::timestamptz - p.auto_resolve_hours * interval '1 hour'
              AND (i.substatus = 'new' OR i.status_at IS NULL OR i.status_at <= :now::timestamptz - p.auto_resolve_hours * interval '1 hour')
            ORDER BY i.id LIMIT :limit
            FOR NO KEY UPDATE OF i SKIP LOCKED
            """, """
            SELECT i.id, NULL::integer AS auto_resolve_hours, i.last_seen, %1$s
            FROM issues i
            WHERE i.substatus IN ('new', 'regressed', 'escalating') AND i.status = 'unresolved'
              AND coalesce(i.status_at, i.first_seen) <= :now::timestamptz - :new_for * interval '1 second'
            ORDER BY i.id LIMIT :limit
            FOR NO KEY UPDATE SKIP LOCKED
            """).stream()
            .map(sql -> sql.formatted(IssueStateColumns.READ))
            .toList();

    private static final String UNTIL_ESCALATING = """
            SELECT i.id, NULL::integer AS auto_resolve_hours, i.last_seen, %s
            FROM issues i
            WHERE i.state_details @> '{"until_escalating": true}' AND i.last_seen >= :active AND i.id > :behind
            ORDER BY i.id LIMIT :limit
            FOR NO KEY UPDATE SKIP LOCKED
            """.formatted(IssueStateColumns.READ);

    private static final String HOURS = """
            SELECT hour, sum(events) FROM issue_hours WHERE issue_id = :issue AND hour >= :from AND hour <= :to GROUP BY hour
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public IssueStateSweep(DataSource dataSource, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Due(
            long id,
            IssueState state,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Duration resolveAfter) {}

    /**
     * Does it as of some time.
     *
     * @param stopping asked between two transactions; if it says so, the rest is left to the next time
     * @return how many issues changed
     */
    public int run(Instant now, BooleanSupplier stopping) {
        int changed = 0;
        for (String due : DUE) {
            int some = AT_ONCE;
            while (some == AT_ONCE && !stopping.getAsBoolean()) {
                some = transaction.execute(_ -> write(timed(due, now)));
                changed += some;
            }
        }
        return changed + escalated(now, stopping);
    }

    private List<ChangedState> timed(String due, Instant now) {
        return jdbc
                .sql(due)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("new_for", IssueTransitions.NEW_FOR.toSeconds())
                .param("limit", AT_ONCE)
                .query((row, _) -> due(row))
                .list()
                .stream()
                .flatMap(issue -> change(issue, now).stream())
                .toList();
    }

    private static Optional<ChangedState> change(Due issue, Instant now) {
        return IssueTransitions.afterTime(issue.state(), issue.lastSeen(), issue.resolveAfter(), now)
                .map(change -> new ChangedState(issue.id(), issue.state(), change));
    }

    private static Due due(ResultSet row) throws SQLException {
        Integer hours = row.getObject("auto_resolve_hours", Integer.class);
        return new Due(
                row.getLong("id"),
                IssueStateColumns.read(row),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                hours == null ? null : Duration.ofHours(hours));
    }

    private int escalated(Instant now, BooleanSupplier stopping) {
        int changed = 0;
        long behind = 0;
        while (!stopping.getAsBoolean()) {
            long from = behind;
            record Looked(int changed, @Nullable Long last) {}
            Looked looked = transaction.execute(_ -> {
                List<Due> issues = jdbc.sql(UNTIL_ESCALATING)
                        .param("active", now.minus(ACTIVE).atOffset(ZoneOffset.UTC))
                        .param("behind", from)
                        .param("limit", AT_ONCE)
                        .query((row, _) -> due(row))
                        .list();
                List<ChangedState> changes = new ArrayList<>();
                for (Due issue : issues) {
                    if (escalates(issue, now)) {
                        IssueTransitions.afterEscalation(issue.state(), now)
                                .ifPresent(change -> changes.add(new ChangedState(issue.id(), issue.state(), change)));
                    }
                }
                return new Looked(
                        write(changes),
                        issues.isEmpty() ? null : issues.getLast().id());
            });
            changed += looked.changed();
            if (looked.last() == null) {
                return changed;
            }
            behind = looked.last();
        }
        return changed;
    }

    /** Whether the hour under way has as many events since the issue is ignored as make it escalate. */
    private boolean escalates(Due issue, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        Instant from = hour.minus(Escalation.HOURS, ChronoUnit.HOURS);
        long[] hours = new long[Escalation.HOURS];
        long[] current = new long[1];
        jdbc.sql(HOURS)
                .param("issue", issue.id())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", hour.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    long position = ChronoUnit.HOURS.between(
                            from, row.getObject(1, OffsetDateTime.class).toInstant());
                    if (position < hours.length) {
                        hours[(int) position] = row.getLong(2);
                    } else {
                        current[0] = row.getLong(2);
                    }
                });
        return current[0] >= Escalation.threshold(hours, issue.firstSeen().isAfter(from));
    }

    private int write(List<ChangedState> changes) {
        template.execute((ConnectionCallback<Boolean>) (Connection connection) -> {
            StateChanges.write(connection, changes);
            return true;
        });
        return changes.size();
    }
}
