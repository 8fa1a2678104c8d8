package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts for dead letters that nobody wants, or whose envelope has expired: they are dropped, and no longer dead. */
public final class Discards {
    private Discards() {}

    /** Where a record stands on its topic. */
    public record Place(String topic, UUID topicId, int partition, long offset) {}

    /**
     * A whole record.
     *
     * @param counted by which it is counted as dead in the totals of a project; null if it is not
     */
    public record DiscardedRecord(Place place, @Nullable Counted counted) {}

    /** By which a dead envelope is counted. */
    public record Counted(long projectId, Instant receivedAt, String reason) {}

    /** An item inside an envelope that is stored. */
    public record DiscardedItem(long projectId, Instant receivedAt, String category, String reason, long quantity) {}

    private record Partition(UUID topicId, int number, String topic) implements Comparable<Partition> {
        private static final Comparator<Partition> ORDER =
                Comparator.comparing(Partition::topicId).thenComparingInt(Partition::number);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Accounts for letters in the transaction of a connection.
     *
     * @param now why they are dropped
     */
    public static void account(
            Connection connection, List<DiscardedRecord> records, List<DiscardedItem> items, DropReason now)
            throws SQLException {
        Set<Place> changed = changeFates(connection, records);
        List<EnvelopeTotal> envelopes = new ArrayList<>();
        for (DiscardedRecord discarded : records) {
            Counted counted = discarded.counted();
            if (counted != null && changed.contains(discarded.place())) {
                long project = counted.projectId();
                envelopes.add(
                        EnvelopeTotal.of(project, counted.receivedAt(), EnvelopeFate.DEAD, counted.reason(), -1, 0));
                envelopes.add(
                        EnvelopeTotal.of(project, counted.receivedAt(), EnvelopeFate.DROPPED, now.wireName(), 1, 0));
            }
        }
        EnvelopeTotal.add(connection, envelopes);
        List<ItemTotal> outcomes = new ArrayList<>();
        for (DiscardedItem item : items) {
            outcomes.add(total(item, item.reason(), -1));
            outcomes.add(total(item, now.wireName(), 1));
        }
        ItemTotal.add(connection, outcomes);
    }

    private static ItemTotal total(DiscardedItem item, String reason, int sign) {
        return new ItemTotal(
                item.projectId(), item.receivedAt(), item.category(), "dropped", reason, sign, sign * item.quantity());
    }

    private static Set<Place> changeFates(Connection connection, List<DiscardedRecord> records) throws SQLException {
        Map<Partition, SortedSet<Long>> offsets = new TreeMap<>();
        for (DiscardedRecord discarded : records) {
            Place place = discarded.place();
            offsets.computeIfAbsent(
                            new Partition(place.topicId(), place.partition(), place.topic()), _ -> new TreeSet<>())
                    .add(place.offset());
        }
        Set<Place> changed = new HashSet<>();
        for (Map.Entry<Partition, SortedSet<Long>> entry : offsets.entrySet()) {
            Partition partition = entry.getKey();
            PartitionFates fates = PartitionFates.lock(
                    connection,
                    partition.topicId(),
                    partition.number(),
                    partition.topic(),
                    entry.getValue().first());
            fates.change(entry.getValue(), EnvelopeFate.DEAD, EnvelopeFate.DROPPED)
                    .forEach(offset ->
                            changed.add(new Place(partition.topic(), partition.topicId(), partition.number(), offset)));
        }
        return changed;
    }
}
