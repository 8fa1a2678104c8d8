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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what time does to issues: ends ignoring whose time has come or that escalate, has new issues escalate, resolves what
 * has not happened for long, lets what is new, regressed or escalating become ongoing, and finds the release of what is
 * resolved in a commit. Any number of processes may do so at once: an issue that another transaction holds is passed over
 * until the next time.
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
              AND (i.substatus = 'new' OR i.status_at IS NULL
                   OR i.status_at <= :now::timestamptz - p.auto_resolve_hours * interval '1 hour')
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
            SELECT i.id, i.first_seen
            FROM issues i
            WHERE i.state_details @> '{"until_escalating": true}' AND i.last_seen >= :active AND i.id > :behind
            ORDER BY i.id LIMIT :limit
            """;

    private static final String HOURS = """
            SELECT issue_id, hour, sum(events) AS events FROM issue_hours
            WHERE issue_id = ANY (:issues) AND hour >= :from AND hour <= :to
            GROUP BY issue_id, hour
            """;

    private static final String HOLD = """
            SELECT i.id, NULL::integer AS auto_resolve_hours, i.last_seen, %s
            FROM issues i WHERE i.id = ANY (:issues) ORDER BY i.id
            FOR NO KEY UPDATE SKIP LOCKED
            """.formatted(IssueStateColumns.READ);

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final NewIssues newIssues;

    public IssueStateSweep(DataSource dataSource, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.newIssues = new NewIssues(jdbc);
    }

    private record Due(
            long id,
            IssueState state,
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
            changed += inParts(() -> timed(due, now), stopping);
        }
        return changed
                + inParts(() -> released(now), stopping)
                + escalated(now, stopping)
                + newEscalated(now, stopping);
    }

    /** Writes some changes in each transaction until there are fewer of them than may be at once. */
    private int inParts(Supplier<List<ChangedState>> part, BooleanSupplier stopping) {
        int changed = 0;
        int some = AT_ONCE;
        while (some == AT_ONCE && !stopping.getAsBoolean()) {
            some = transaction.execute(_ -> write(part.get()));
            changed += some;
        }
        return changed;
    }

    private List<ChangedState> released(Instant now) {
        return template.execute((ConnectionCallback<List<ChangedState>>)
                connection -> CommittedIssues.changes(connection, now, AT_ONCE));
    }

    private int newEscalated(Instant now, BooleanSupplier stopping) {
        Set<Long> escalating = stopping.getAsBoolean() ? Set.of() : newIssues.escalating(now);
        return escalating.isEmpty() ? 0 : transaction.execute(_ -> write(escalate(escalating, now)));
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
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                hours == null ? null : Duration.ofHours(hours));
    }

    /** Those that happen often enough are found without a lock: most of those that are looked at stay as they are. */
    private int escalated(Instant now, BooleanSupplier stopping) {
        int changed = 0;
        SortedMap<Long, Instant> issues = untilEscalating(now, 0);
        while (!issues.isEmpty() && !stopping.getAsBoolean()) {
            Set<Long> escalating = escalating(issues, now);
            if (!escalating.isEmpty()) {
                changed += transaction.execute(_ -> write(escalate(escalating, now)));
            }
            issues = untilEscalating(now, issues.lastKey());
        }
        return changed;
    }

    /** Some issues that happened lately, by their ids, with when they were first seen. */
    private SortedMap<Long, Instant> untilEscalating(Instant now, long behind) {
        SortedMap<Long, Instant> issues = new TreeMap<>();
        jdbc.sql(UNTIL_ESCALATING)
                .param("active", now.minus(ACTIVE).atOffset(ZoneOffset.UTC))
                .param("behind", behind)
                .param("limit", AT_ONCE)
                .query(row -> {
                    issues.put(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return issues;
    }

    /** The issues of which the hour under way has as many events as make them escalate. */
    private Set<Long> escalating(SortedMap<Long, Instant> firstSeen, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        Instant from = hour.minus(Escalation.HOURS, ChronoUnit.HOURS);
        Map<Long, long[]> before = new HashMap<>();
        Map<Long, Long> current = new HashMap<>();
        jdbc.sql(HOURS)
                .param("issues", firstSeen.keySet().toArray(Long[]::new))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", hour.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    long issue = row.getLong("issue_id");
                    int position = (int) ChronoUnit.HOURS.between(
                            from, row.getObject("hour", OffsetDateTime.class).toInstant());
                    if (position == Escalation.HOURS) {
                        current.put(issue, row.getLong("events"));
                    } else {
                        before.computeIfAbsent(issue, _ -> new long[Escalation.HOURS])[position] =
                                row.getLong("events");
                    }
                });
        Set<Long> escalating = new HashSet<>();
        current.forEach((issue, events) -> {
            long[] hours = before.getOrDefault(issue, new long[Escalation.HOURS]);
            boolean isYoung = firstSeen.getOrDefault(issue, Instant.EPOCH).isAfter(from);
            if (events >= Escalation.threshold(hours, isYoung)) {
                escalating.add(issue);
            }
        });
        return escalating;
    }

    private List<ChangedState> escalate(Set<Long> issues, Instant now) {
        return jdbc.sql(HOLD).param("issues", issues.toArray(Long[]::new)).query((row, _) -> due(row)).list().stream()
                .flatMap(issue -> IssueTransitions.afterEscalation(issue.state(), now)
                        .map(change -> new ChangedState(issue.id(), issue.state(), change))
                        .stream())
                .toList();
    }

    private int write(List<ChangedState> changes) {
        template.execute((ConnectionCallback<Boolean>) (Connection connection) -> {
            StateChanges.write(connection, changes);
            return true;
        });
        return changes.size();
    }
}
