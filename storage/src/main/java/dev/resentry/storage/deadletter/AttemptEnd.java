package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.Fault;
import dev.resentry.storage.ingest.Retry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt to process a dead letter once more came to.
 *
 * @param result dead if it failed again, else what became of it
 * @param why of one that is dead or dropped
 * @param stage of one that is dead
 * @param receivedAt the arrival of its envelope, which may have a row now; then the letter needs no body
 */
record AttemptEnd(
        String result,
        Outcome.@Nullable Dropped why,
        @Nullable FailureStage stage,
        @Nullable Fault fault,
        @Nullable Instant receivedAt) {
    static final String DEAD = "dead";

    /** The failure that made the letter is the first entry of its history. */
    static final String FIRST = """
            INSERT INTO dead_letter_attempts (letter_id, number, at, by_name, result, reason, stage, cause, exception)
            SELECT id, 0, at, 'processor', 'dead', reason, stage, cause, exception FROM dead_letters WHERE id = ANY (?)
            ON CONFLICT DO NOTHING
            """;

    private static final String UPDATE = """
            UPDATE dead_letters d
            SET state = CASE WHEN new.dead THEN 'open' ELSE 'resolved' END,
                retry_job = NULL,
                attempts = d.attempts + 1,
                reason = CASE WHEN new.dead THEN new.reason ELSE d.reason END,
                stage = CASE WHEN new.dead THEN new.stage ELSE d.stage END,
                cause = CASE WHEN new.dead THEN new.cause ELSE d.cause END,
                exception = CASE WHEN new.dead THEN new.exception ELSE d.exception END,
                resolution = CASE WHEN NOT new.dead THEN new.resolution END,
                resolved_by = CASE WHEN NOT new.dead THEN new.by_name END,
                resolved_at = CASE WHEN NOT new.dead THEN now() END,
                envelope_received_at = coalesce(e.received_at, d.envelope_received_at),
                body = CASE WHEN new.dead AND e.received_at IS NULL THEN d.body END
            FROM (SELECT ?::bigint AS id, ?::boolean AS dead, ?::text AS reason, ?::text AS stage, ?::text AS cause,
                         ?::text AS exception, ?::text AS resolution, ?::text AS by_name, ?::timestamptz AS received_at) AS new
            JOIN dead_letters l ON l.id = new.id
            LEFT JOIN LATERAL (
                SELECT received_at FROM envelopes WHERE received_at = new.received_at AND id = l.envelope_id LIMIT 1) AS e ON true
            WHERE d.id = new.id
            """;

    private static final String APPEND = """
            INSERT INTO dead_letter_attempts (letter_id, number, at, by_name, job_id, result, reason, stage, cause, exception)
            SELECT ?, max(number) + 1, now(), ?, ?, ?, ?, ?, ?, ? FROM dead_letter_attempts WHERE letter_id = ?
            """;

    static AttemptEnd failed(
            Outcome.Dropped why, FailureStage stage, @Nullable Fault fault, @Nullable Instant receivedAt) {
        return new AttemptEnd(DEAD, why, stage, fault, receivedAt);
    }

    static AttemptEnd ended(String result, Outcome.@Nullable Dropped why, @Nullable Instant receivedAt) {
        return new AttemptEnd(result, why, null, null, receivedAt);
    }

    /** An item that the database refuses failed behind its handler. */
    static FailureStage stageOfItem(Outcome.Dropped why) {
        return why.reason() == DropReason.REFUSED_BY_DATABASE ? FailureStage.STORE : FailureStage.ITEM;
    }

    /** An envelope that is too old to be tried is told apart from what a rule drops. */
    private String resolution() {
        return why != null && why.reason() == DropReason.EXPIRED ? "expired" : result;
    }

    /** Writes it to the letter and to its history. */
    void note(Connection connection, Retry retry) throws SQLException {
        String reason = why == null ? null : why.reason().wireName();
        String cause = why == null ? null : withoutNul(why.cause());
        String exception = fault == null ? null : withoutNul(fault.exception());
        String stageName = stage == null ? null : stage.wireName();
        try (PreparedStatement first = connection.prepareStatement(FIRST);
                PreparedStatement update = connection.prepareStatement(UPDATE);
                PreparedStatement append = connection.prepareStatement(APPEND)) {
            first.setArray(1, connection.createArrayOf("int8", new Long[] {retry.letterId()}));
            first.executeUpdate();
            update.setLong(1, retry.letterId());
            update.setBoolean(2, result.equals(DEAD));
            update.setString(3, reason);
            update.setString(4, stageName);
            update.setString(5, cause);
            update.setString(6, exception);
            update.setString(7, resolution());
            update.setString(8, retry.by());
            update.setObject(9, receivedAt == null ? null : receivedAt.atOffset(ZoneOffset.UTC));
            update.executeUpdate();
            append.setLong(1, retry.letterId());
            append.setString(2, retry.by());
            append.setLong(3, retry.jobId());
            append.setString(4, result);
            append.setString(5, reason);
            append.setString(6, stageName);
            append.setString(7, cause);
            append.setString(8, exception);
            append.setLong(9, retry.letterId());
            append.executeUpdate();
        }
    }

    private static String withoutNul(String text) {
        return text.replace('\0', '\ufffd');
    }
}
