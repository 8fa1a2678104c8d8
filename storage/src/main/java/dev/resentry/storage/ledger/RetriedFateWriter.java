package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.RecordFate;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.ledger.FateWriter.AssignedFates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Gives the record of a dead letter that is retried the fate that it has now. One that the ledger does not know stays unknown. */
public final class RetriedFateWriter implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.TOPIC_PARTITIONS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<RecordFate> assigned = new ArrayList<>();
        for (RecordFate fate : batch.fates()) {
            SourceRecord source = fate.record().source();
            if (source.topicId() != null) {
                boolean wasDead = !PartitionFates.lock(
                                batch.connection(),
                                source.topicId(),
                                source.partition(),
                                source.topic(),
                                source.offset())
                        .change(new TreeSet<>(List.of(source.offset())), EnvelopeFate.DEAD, fate.fate())
                        .isEmpty();
                if (wasDead) {
                    assigned.add(fate);
                }
            }
        }
        batch.put(AssignedFates.class, new AssignedFates(assigned));
    }
}
