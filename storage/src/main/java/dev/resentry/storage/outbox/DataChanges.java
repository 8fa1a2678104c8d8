package dev.resentry.storage.outbox;

import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecord.RowsChanged;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has topic {@code events} told of rows that were moved or removed, for whoever keeps a copy. */
public final class DataChanges {
    /** So that no record is large. */
    private static final int PLACES = 1_000;

    private DataChanges() {}

    /**
     * Tells of rows in the caller's transaction.
     *
     * @param receivedAt when what they are of arrived
     */
    public static void tell(JdbcClient jdbc, Cause cause, long project, Collection<Instant> receivedAt, Instant at) {
        EventsOutbox.append(jdbc, records(cause, project, receivedAt, at));
    }

    /** Tells of rows in the transaction of the connection. */
    public static void tell(
            Connection connection, Cause cause, long project, Collection<Instant> receivedAt, Instant at)
            throws SQLException {
        EventsOutbox.append(connection, records(cause, project, receivedAt, at));
    }

    private static List<RowsChanged> records(Cause cause, long project, Collection<Instant> receivedAt, Instant at) {
        var id = new ProjectId(project);
        List<Instant> places = receivedAt.stream().distinct().sorted().toList();
        List<RowsChanged> records = new ArrayList<>();
        for (int from = 0; from < places.size(); from += PLACES) {
            List<Instant> some = places.subList(from, Math.min(from + PLACES, places.size()));
            records.add(new RowsChanged(new Origin(RowsChanged.id(id, at, some), cause, id, at), some));
        }
        return records;
    }
}
