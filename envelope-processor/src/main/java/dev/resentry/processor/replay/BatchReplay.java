package dev.resentry.processor.replay;

import dev.resentry.model.envelope.ItemType;
import dev.resentry.processor.consume.RecordReader;
import dev.resentry.storage.database.DataRefusal;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.replay.ReplayRequest;
import dev.resentry.storage.replay.ReplayStore;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Takes records through the pipeline of the live stream and stores them again. */
final class BatchReplay {
    private final RecordReader reader;
    private final ReplayStore store;

    BatchReplay(RecordReader reader, ReplayStore store) {
        this.reader = reader;
        this.store = store;
    }

    /** The sums with what became of the records that a replay is about. */
    ReplaySums replay(long jobId, ReplayRequest request, List<SourceRecord> records, ReplaySums before) {
        var replaying = new Replaying(jobId, request, before);
        reader.read(records.stream().filter(record -> isWanted(request, record)).toList(), replaying::add);
        return replaying.sums;
    }

    private static boolean isWanted(ReplayRequest request, SourceRecord record) {
        boolean inTime = record.receivedAt()
                .filter(at -> !at.isBefore(request.from()) && at.isBefore(request.to()))
                .isPresent();
        return inTime
                && (request.projects().isEmpty()
                        || record.projectId()
                                .filter(project -> request.projects().contains(project.value()))
                                .isPresent());
    }

    private final class Replaying {
        private final long jobId;
        private final ReplayRequest request;
        private ReplaySums sums;

        Replaying(long jobId, ReplayRequest request, ReplaySums sums) {
            this.jobId = jobId;
            this.request = request;
            this.sums = sums;
        }

        void add(List<BatchRecord> batch) {
            List<BatchRecord> wanted = new ArrayList<>(batch);
            if (!request.types().isEmpty()) {
                wanted.removeIf(record -> !hasWantedItem(record));
            }
            if (!wanted.isEmpty()) {
                store(wanted);
            }
        }

        private boolean hasWantedItem(BatchRecord record) {
            if (!(record instanceof Received received)) {
                return false;
            }
            for (IngestedItem item : received.envelope().items()) {
                ItemType type = item.header().type();
                if (request.types().contains(type.wireName())) {
                    return true;
                }
            }
            return false;
        }

        /** If the database refuses a batch, its halves; an envelope that it refuses alone stays as it is. */
        private void store(List<BatchRecord> batch) {
            try {
                sums = sums.plus(store.replay(jobId, batch, request.dryRun(), request.retell()));
            } catch (DataAccessException e) {
                if (!DataRefusal.isBehind(e)) {
                    throw e;
                }
                if (batch.size() > 1) {
                    int middle = batch.size() / 2;
                    store(batch.subList(0, middle));
                    store(batch.subList(middle, batch.size()));
                } else {
                    sums = sums.plusSkipped("refused_by_database");
                }
            }
        }
    }
}
