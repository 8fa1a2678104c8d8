package dev.resentry.storage.merge;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.storage.outbox.DataChanges;
import dev.resentry.storage.rollup.ExpiredRollups;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves events from one issue to another, some at a time. An issue whose events have all gone leaves its roll-ups of events that have
 * expired to the other; all else is counted again.
 */
final class EventMoves {
    private static final int EVENTS = 2_000;
    private static final InstantSource CLOCK = InstantSource.system();

    private static final String NEXT = """
            SELECT id, project_id, from_issue, into_issue, strategy, hash, received_at, event_id
            FROM issue_moves WHERE job_id = :job ORDER BY id LIMIT 1
            """;

    private static final String MOVE = """
            WITH seen AS (
                SELECT received_at, project_id, event_id, strategy, hash FROM events
                WHERE issue_id = :from AND (received_at, event_id) < (:received_at, :event_id)
                ORDER BY received_at DESC, event_id DESC
                LIMIT :rows),
            moved AS (
                UPDATE events e SET issue_id = :into FROM seen s
                WHERE e.received_at = s.received_at AND e.project_id = s.project_id AND e.event_id = s.event_id
                  AND (:strategy::text IS NULL OR (s.strategy = :strategy AND s.hash = :hash))
                RETURNING e.received_at)
            SELECT received_at, event_id, (SELECT array_agg((extract(epoch FROM m.received_at) * 1000000)::bigint) FROM moved m) AS moved
            FROM seen ORDER BY received_at, event_id LIMIT 1
            """;

    private static final String NOTE_RECOUNT = """
            INSERT INTO pending_recounts (job_id, project_id, issue_id)
            SELECT :job, :project, id FROM unnest(:issues::bigint[]) AS counted(id)
            ON CONFLICT DO NOTHING
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    EventMoves(JdbcTemplate template, TransactionTemplate transaction) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.transaction = transaction;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Move(
            long id,
            long project,
            long from,
            long into,
            @Nullable String strategy,
            byte @Nullable [] hash,
            OffsetDateTime receivedAt,
            UUID eventId) {}

    /** @param receivedAt of those that were moved */
    private record Moved(OffsetDateTime lastAt, UUID lastEvent, List<Instant> receivedAt) {}

    /** Moves some events; how many, or empty if nothing is left to move. */
    Optional<Long> next(long jobId) {
        return transaction.execute(_ -> jdbc.sql(NEXT)
                .param("job", jobId)
                .query((row, _) -> new Move(
                        row.getLong("id"),
                        row.getLong("project_id"),
                        row.getLong("from_issue"),
                        row.getLong("into_issue"),
                        row.getString("strategy"),
                        row.getBytes("hash"),
                        row.getObject("received_at", OffsetDateTime.class),
                        row.getObject("event_id", UUID.class)))
                .optional()
                .map(move -> move(jobId, move)));
    }

    private long move(long jobId, Move move) {
        // As a batch does before it inserts events: a rebuild of the issue waits for this, or this for it.
        jdbc.sql("SELECT id FROM issues WHERE id IN (:issues) ORDER BY id FOR NO KEY UPDATE")
                .param("issues", List.of(move.from(), move.into()))
                .query(Long.class)
                .list();
        Optional<Moved> moved = jdbc.sql(MOVE)
                .param("from", move.from())
                .param("into", move.into())
                .param("received_at", move.receivedAt())
                .param("event_id", move.eventId())
                .param("strategy", move.strategy())
                .param("hash", move.hash())
                .param("rows", EVENTS)
                .query((row, _) -> new Moved(
                        row.getObject("received_at", OffsetDateTime.class),
                        row.getObject("event_id", UUID.class),
                        instants(row.getArray("moved"))))
                .optional();
        if (moved.isEmpty()) {
            finish(jobId, move);
            return 0;
        }
        jdbc.sql("UPDATE issue_moves SET received_at = :at, event_id = :event WHERE id = :id")
                .param("at", moved.get().lastAt())
                .param("event", moved.get().lastEvent())
                .param("id", move.id())
                .update();
        List<Instant> receivedAt = moved.get().receivedAt();
        DataChanges.tell(jdbc, Cause.REGROUP, move.project(), receivedAt, CLOCK.instant());
        return receivedAt.size();
    }

    private static List<Instant> instants(@Nullable Array micros) throws SQLException {
        return micros == null
                ? List.of()
                : Arrays.stream((Long[]) micros.getArray())
                        .map(one -> Instant.EPOCH.plus(one, ChronoUnit.MICROS))
                        .toList();
    }

    private void finish(long jobId, Move move) {
        if (move.hash() == null) {
            template.execute((ConnectionCallback<Boolean>) connection -> {
                ExpiredRollups.move(connection, move.from(), move.into());
                return true;
            });
            IssueRemoval.remove(jdbc, List.of(move.from()));
        }
        jdbc.sql(NOTE_RECOUNT)
                .param("job", jobId)
                .param("project", move.project())
                .param("issues", new Long[] {move.from(), move.into()})
                .update();
        jdbc.sql("DELETE FROM issue_moves WHERE id = :id")
                .param("id", move.id())
                .update();
    }
}
