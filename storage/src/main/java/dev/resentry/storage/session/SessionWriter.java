package dev.resentry.storage.session;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.TableChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts the sessions that the items of a batch tell of, and notes on each item that it is counted: whether a batch is live,
 * comes once more or is replayed, an item counts once. A replay so counts what came before sessions were counted, and
 * nothing else.
 */
public final class SessionWriter implements BatchStep {
    /**
     * Two batches with sessions of one project would wait for its hours as well; here they do before they look what is counted.
     */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtext('resentry.sessions'), (project_id & 2147483647)::int)
            FROM unnest(?) AS wanted(project_id)
            """;

    @Override
    public LockOrder lockOrder() {
        return LockOrder.SESSIONS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<SessionItem> items = SessionItem.of(batch);
        if (items.isEmpty()) {
            return;
        }
        Connection connection = batch.connection();
        lock(connection, items);
        List<CountedItems.Uncounted> uncounted = CountedItems.take(connection, items);
        var totals = new SessionTotals();
        var errored = new ErroredSessions();
        var users = new SessionUsers();
        for (CountedItems.Uncounted one : uncounted) {
            for (NewSession session : one.item().sessions()) {
                SessionKey key = SessionKey.of(one.item().projectId(), session);
                users.add(key, session);
                switch (session) {
                    case NewSession.Bucket bucket -> {
                        if (!one.isRepeated()) {
                            totals.add(key, bucket.counts());
                        }
                    }
                    case NewSession.Update update -> {
                        errored.add(key, update);
                        if (one.first() != null) {
                            totals.add(key, SessionCounts.STARTED);
                        }
                        if (update.duration() != null) {
                            totals.add(key, SessionCounts.lasting(update.duration()));
                        }
                    }
                }
            }
        }
        errored.write(connection, batch.at(), totals);
        totals.write(connection, SessionResolution.MINUTE, batch.at());
        totals.write(connection, SessionResolution.HOUR, batch.at());
        users.write(connection);
        if (batch.cause() == Cause.REPLAY) {
            batch.noteChange(change(uncounted));
        }
    }

    private static void lock(Connection connection, List<SessionItem> items) throws SQLException {
        Long[] projects =
                items.stream().map(SessionItem::projectId).distinct().sorted().toArray(Long[]::new);
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setArray(1, connection.createArrayOf("int8", projects));
            lock.execute();
        }
    }

    private static TableChange change(List<CountedItems.Uncounted> counted) {
        return TableChange.of(
                "envelope_items",
                0,
                counted.size(),
                0,
                counted.stream()
                        .map(one -> "counted %s/%d"
                                .formatted(
                                        one.item().item().receipt().id().value(),
                                        one.item().item().position()))
                        .toList());
    }
}
