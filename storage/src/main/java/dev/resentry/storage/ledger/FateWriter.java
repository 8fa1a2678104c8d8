package dev.resentry.storage.ledger;

import static java.util.Comparator.comparing;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.RecordFate;
import dev.resentry.storage.ingest.SourceRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Notes the fate of each record of a batch at its place on the topic. A record that comes again keeps the fate it had. */
public final class FateWriter implements BatchStep {

    @Override
    public LockOrder lockOrder() {
        return LockOrder.TOPIC_PARTITIONS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Map<Place, List<RecordFate>> places = new TreeMap<>();
        for (RecordFate fate : batch.fates()) {
            SourceRecord source = fate.record().source();
            if (source.topicId() != null) {
                places.computeIfAbsent(
                                new Place(source.topicId(), source.partition(), source.topic()), _ -> new ArrayList<>())
                        .add(fate);
            }
        }
        List<RecordFate> assigned = new ArrayList<>();
        for (Map.Entry<Place, List<RecordFate>> place : places.entrySet()) {
            List<RecordFate> fates = place.getValue().stream()
                    .sorted(Comparator.comparingLong(
                            fate -> fate.record().source().offset()))
                    .toList();
            long first = fates.getFirst().record().source().offset();
            long last = fates.getLast().record().source().offset();
            PartitionFates.lock(
                            batch.connection(),
                            place.getKey().topicId(),
                            place.getKey().partition(),
                            place.getKey().topic(),
                            first)
                    .update(
                            first,
                            last,
                            runs -> fates.stream()
                                    .filter(fate ->
                                            runs.assign(fate.record().source().offset(), fate.fate()))
                                    .forEach(assigned::add));
        }
        batch.put(AssignedFates.class, new AssignedFates(assigned));
    }

    /** The records of a batch that were never processed before. */
    record AssignedFates(List<RecordFate> fates) {}

    private record Place(UUID topicId, int partition, String topic) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = comparing(Place::topicId).thenComparingInt(Place::partition);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
