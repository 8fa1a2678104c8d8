package dev.resentry.storage.expiry;

import static java.util.stream.Collectors.toCollection;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.retention.DataKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/**
 * Leaves out the envelopes that arrived longer ago than anything of them is kept, so that days that were dropped do not come back.
 * One of which a part is still kept is stored as a whole; the other part goes with the next {@link ExpiryRun}.
 */
public final class ExpiredEnvelopes implements BatchStep {
    /** Held to the end of the batch: until then no partition is dropped that it writes to. */
    private static final String HOLD = "SELECT pg_advisory_xact_lock_shared(hashtext('resentry.expired_days'))";

    @Override
    public LockOrder lockOrder() {
        return LockOrder.EXPIRED_DAYS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Instant keptFrom = keptFrom(batch);
        batch.retain(record -> !receivedAt(record).isBefore(keptFrom), Exclusion.EXPIRED);
        Instant settled = batch.retention().allKeptFrom(batch.at());
        Set<LocalDate> days = batch.remaining().stream()
                .map(ExpiredEnvelopes::receivedAt)
                .filter(at -> at.isBefore(settled))
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
                .collect(toCollection(TreeSet::new));
        if (!days.isEmpty()) {
            makePartitions(batch.connection(), days);
        }
    }

    /** A replay brings no event back whose partition was dropped: it is counted as expired on its issue. */
    private static Instant keptFrom(BatchContext batch) {
        Instant any = batch.retention().anyKeptFrom(batch.at());
        Instant events = batch.retention().keptFrom(DataKind.EVENTS, batch.at());
        return batch.cause() == Cause.REPLAY ? events : any;
    }

    private static Instant receivedAt(Received record) {
        return record.envelope().raw().receipt().receivedAt();
    }

    private static void makePartitions(Connection connection, Set<LocalDate> days) throws SQLException {
        try (Statement hold = connection.createStatement();
                PreparedStatement ensure = connection.prepareStatement("SELECT ensure_day_partitions(?)")) {
            hold.execute(HOLD);
            for (LocalDate day : days) {
                ensure.setObject(1, day);
                ensure.execute();
            }
        }
    }
}
