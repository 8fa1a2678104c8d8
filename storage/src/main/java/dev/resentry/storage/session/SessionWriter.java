package dev.resentry.storage.session;

import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecord.SessionMinute;
import dev.resentry.model.wire.ProcessedRecord.SessionsCounted;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.ReplayOrigin;
import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.outbox.EventsOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** So that no record of topic {@code events} is large. */
    private static final int MOST_MINUTES = 1_000;

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
        Map<Long, List<SessionMinute>> changed =
                batch.cause() == Cause.REPLAY && batch.get(ReplayOrigin.class).retells()
                        ? minutes(items)
                        : totals.changed();
        EventsOutbox.append(connection, told(batch, changed));
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

    /** Of all items, whether they were counted now or before. */
    private static Map<Long, List<SessionMinute>> minutes(List<SessionItem> items) {
        var all = new SessionTotals();
        for (SessionItem item : items) {
            for (NewSession session : item.sessions()) {
                all.add(SessionKey.of(item.projectId(), session), SessionCounts.STARTED);
            }
        }
        return all.changed();
    }

    private static List<SessionsCounted> told(BatchContext batch, Map<Long, List<SessionMinute>> changed) {
        List<SessionsCounted> records = new ArrayList<>();
        changed.forEach((project, minutes) -> {
            var id = new ProjectId(project);
            for (int from = 0; from < minutes.size(); from += MOST_MINUTES) {
                List<SessionMinute> some = minutes.subList(from, Math.min(from + MOST_MINUTES, minutes.size()));
                var origin = new Origin(SessionsCounted.id(id, batch.at(), some), batch.cause(), id, batch.at());
                records.add(new SessionsCounted(origin, some));
            }
        });
        return records;
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
