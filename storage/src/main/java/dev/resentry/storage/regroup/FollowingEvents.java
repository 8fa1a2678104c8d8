package dev.resentry.storage.regroup;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.outbox.DataChanges;
import dev.resentry.storage.rollup.ExpiredRollups;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of issues that went into others: moves the events that are older than the regroup, and what counted those that have expired. */
final class FollowingEvents {
    private static final int EVENTS = 1_000;

    /** People may have merged the issue on since. */
    private static final String NEXT = """
            SELECT r.issue_id, coalesce(m.into_issue, r.into_issue)
            FROM regrouped_issues r LEFT JOIN merged_issues m ON m.issue_id = r.into_issue
            WHERE r.regroup_id = :id AND r.into_issue IS NOT NULL AND NOT r.moved AND r.issue_id > :behind
            ORDER BY r.issue_id LIMIT 1
            """;

    private static final String MOVE = """
            WITH next AS (
                SELECT received_at, project_id, event_id, issue_id, strategy, hash, title, culprit, needs_source_maps FROM events
                WHERE issue_id = :gone
                ORDER BY received_at DESC, event_id DESC
                LIMIT :rows),
            noted AS (
                INSERT INTO regrouped_events (regroup_id, received_at, event_id, issue_id, strategy, hash, title, culprit,
                                              needs_source_maps)
                SELECT :id, received_at, event_id, issue_id, strategy, hash, title, culprit, needs_source_maps FROM next
                ON CONFLICT DO NOTHING)
            UPDATE events e SET issue_id = :into FROM next n
            WHERE e.received_at = n.received_at AND e.project_id = n.project_id AND e.event_id = n.event_id
            RETURNING e.received_at
            """;

    private static final InstantSource CLOCK = InstantSource.system();

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    FollowingEvents(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    private record Pair(long gone, long into) {}

    /** Moves some; false if nothing is left. */
    boolean next(LockedRegroup regroup, long job) {
        Optional<Pair> next = jdbc.sql(NEXT)
                .param("id", regroup.id())
                .param("behind", regroup.issue())
                .query((row, _) -> new Pair(row.getLong(1), row.getLong(2)))
                .optional();
        next.ifPresent(pair -> follow(regroup, job, pair));
        return next.isPresent();
    }

    private void follow(LockedRegroup regroup, long job, Pair pair) {
        jdbc.sql("SELECT id FROM issues WHERE id = :into FOR NO KEY UPDATE")
                .param("into", pair.into())
                .query(Long.class)
                .list();
        List<Instant> moved = jdbc.sql(MOVE)
                .param("id", regroup.id())
                .param("gone", pair.gone())
                .param("into", pair.into())
                .param("rows", EVENTS)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
        DataChanges.tell(jdbc, Cause.REGROUP, regroup.project(), moved, CLOCK.instant());
        if (moved.size() == EVENTS) {
            return;
        }
        template.execute((ConnectionCallback<Boolean>) connection -> {
            ExpiredRollups.move(connection, pair.gone(), pair.into());
            RegroupMoves.recount(connection, regroup, job, new Long[] {pair.into()});
            return true;
        });
        IssueRemoval.remove(jdbc, List.of(pair.gone()));
        jdbc.sql("UPDATE regrouped_issues SET moved = true WHERE regroup_id = :id AND issue_id = :gone")
                .param("id", regroup.id())
                .param("gone", pair.gone())
                .update();
        regroup.passed(jdbc, pair.gone());
    }
}
