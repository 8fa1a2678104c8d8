package dev.resentry.storage.deadletter;

import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchItem;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.ReplayOrigin;
import dev.resentry.storage.ingest.TableChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Of a replay: closes the letters of items that it has something made of now. Of those that fail again nothing changes. */
public final class ClosedLetters implements BatchStep {
    private static final String APPEND = """
            INSERT INTO dead_letter_attempts (letter_id, number, at, by_name, job_id, result)
            SELECT closed.id, 1 + (SELECT max(number) FROM dead_letter_attempts a WHERE a.letter_id = closed.id), now(),
                   coalesce((SELECT created_by FROM jobs WHERE id = ?), 'replay'), ?, closed.result
            FROM unnest(?, ?) AS closed(id, result)
            """;

    private static final String CLOSE = """
            UPDATE dead_letters d
            SET state = 'resolved', retry_job = NULL, resolution = closed.result, resolved_at = now(),
                resolved_by = coalesce((SELECT created_by FROM jobs WHERE id = ?), 'replay')
            FROM unnest(?, ?) AS closed(id, result)
            WHERE d.id = closed.id
            """;

    private record Closed(long id, String result) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        ReplayedLetters.Open open = batch.get(ReplayedLetters.Open.class);
        List<Closed> closed = new ArrayList<>();
        for (BatchItem item : batch.items()) {
            OptionalLong letter = open.of(item.receipt().id().value(), item.position());
            boolean fails = item.outcome() instanceof Outcome.Dropped why
                    && why.reason().isFailure();
            if (letter.isPresent() && !fails) {
                closed.add(new Closed(letter.getAsLong(), item.outcome().wireName()));
            }
        }
        if (!closed.isEmpty()) {
            close(batch.connection(), batch.get(ReplayOrigin.class).jobId(), closed);
            batch.noteChange(TableChange.of(
                    "dead_letters",
                    0,
                    closed.size(),
                    0,
                    closed.stream().map(letter -> "closed " + letter.id()).toList()));
        }
    }

    private static void close(Connection connection, long jobId, List<Closed> closed) throws SQLException {
        var rows = new ColumnArrays<>(connection, closed);
        try (PreparedStatement first = connection.prepareStatement(AttemptEnd.FIRST);
                PreparedStatement append = connection.prepareStatement(APPEND);
                PreparedStatement close = connection.prepareStatement(CLOSE)) {
            first.setArray(1, rows.longs(Closed::id));
            first.executeUpdate();
            append.setLong(1, jobId);
            append.setLong(2, jobId);
            append.setArray(3, rows.longs(Closed::id));
            append.setArray(4, rows.texts(Closed::result));
            append.executeUpdate();
            close.setLong(1, jobId);
            close.setArray(2, rows.longs(Closed::id));
            close.setArray(3, rows.texts(Closed::result));
            close.executeUpdate();
        }
    }
}
