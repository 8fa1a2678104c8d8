package dev.resentry.storage.ledger;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** By how much a total of envelopes and of the items found in them changes. */
record EnvelopeTotal(Key key, long envelopes, long items) {
    private static final String ADD = """
            INSERT INTO envelope_totals AS t (project_id, hour, fate, reason, envelopes, items)
            SELECT project_id, %s, fate, reason, envelopes, items
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(project_id, hour, fate, reason, envelopes, items)
            ON CONFLICT (project_id, hour, fate, reason)
                DO UPDATE SET envelopes = t.envelopes + excluded.envelopes, items = t.items + excluded.items
            """.formatted(instant("hour"));

    /** @param reason empty if the fate needs none */
    record Key(long projectId, Instant hour, String fate, String reason) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::projectId)
                .thenComparing(Key::hour)
                .thenComparing(Key::fate)
                .thenComparing(Key::reason);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    static EnvelopeTotal of(
            long projectId, Instant receivedAt, EnvelopeFate fate, String reason, long envelopes, long items) {
        return new EnvelopeTotal(
                new Key(projectId, receivedAt.truncatedTo(ChronoUnit.HOURS), fate.wireName(), reason),
                envelopes,
                items);
    }

    private EnvelopeTotal plus(EnvelopeTotal other) {
        return new EnvelopeTotal(key, envelopes + other.envelopes, items + other.items);
    }

    /** Adds changes to the totals, in the order of their keys. */
    static void add(Connection connection, Collection<EnvelopeTotal> changes) throws SQLException {
        Map<Key, EnvelopeTotal> sums = new TreeMap<>();
        changes.forEach(change -> sums.merge(change.key(), change, EnvelopeTotal::plus));
        if (sums.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(connection, List.copyOf(sums.values()));
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setArray(1, rows.longs(total -> total.key().projectId()));
            insert.setArray(2, rows.micros(total -> total.key().hour()));
            insert.setArray(3, rows.texts(total -> total.key().fate()));
            insert.setArray(4, rows.texts(total -> total.key().reason()));
            insert.setArray(5, rows.longs(EnvelopeTotal::envelopes));
            insert.setArray(6, rows.longs(EnvelopeTotal::items));
            insert.executeUpdate();
        }
    }
}
