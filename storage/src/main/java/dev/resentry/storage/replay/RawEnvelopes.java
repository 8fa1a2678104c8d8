package dev.resentry.storage.replay;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.storage.ingest.SourceRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads stored envelopes back as the records that they came as, for what is not on the topic any more. */
public final class RawEnvelopes {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String KEYS = """
            SELECT received_at, id, body_size FROM envelopes e
            WHERE received_at >= :from AND received_at < :to AND (received_at, id) > (:from, :id) AND outcome = 'stored'
              AND (cardinality(:projects::bigint[]) = 0 OR project_id = ANY (:projects))
              AND NOT EXISTS (
                  SELECT FROM unnest(:partitions::int[], :firsts::bigint[], :ends::bigint[]) AS done(partition, first_offset, end_offset)
                  WHERE e.topic_id = :topic AND e.partition = done.partition
                    AND e.record_offset >= done.first_offset AND e.record_offset < done.end_offset)
            ORDER BY received_at, id
            LIMIT :limit
            """;

    /** An envelope of an earlier version does not say what was limited; its items do. */
    private static final String ROWS = """
            SELECT e.received_at, e.id, e.project_id, e.public_key, e.endpoint, e.content_encoding, e.content_type, e.client,
                   e.remote_address, e.user_agent, e.origin, e.query, e.slug, e.body, e.topic_id, e.partition, e.record_offset,
                   CASE WHEN e.limited IS NULL THEN e.event_id ELSE e.answered_event_id END AS answered_event_id,
                   coalesce(e.limited, (SELECT string_agg(DISTINCT i.category, ',') FROM envelope_items i
                                        WHERE i.received_at = e.received_at AND i.envelope_id = e.id
                                          AND i.drop_reason = 'rate_limited')) AS limited
            FROM unnest(:ats::bigint[], :ids::uuid[]) AS wanted(at, id)
            JOIN envelopes e ON e.received_at = %s AND e.id = wanted.id
            ORDER BY e.received_at, e.id
            """.formatted(instant("wanted.at"));

    /** What the ledger has as stored in an hour, without what is there. */
    private static final String GONE = """
            SELECT greatest(0,
                (SELECT coalesce(sum(envelopes), 0) FROM envelope_totals
                 WHERE hour = :hour AND fate = 'stored' AND (cardinality(:projects::bigint[]) = 0 OR project_id = ANY (:projects)))
                - (SELECT count(*) FROM envelopes
                   WHERE received_at >= :hour AND received_at < :hour + interval '1 hour' AND outcome = 'stored'
                     AND processed_at IS NOT NULL AND (cardinality(:projects::bigint[]) = 0 OR project_id = ANY (:projects))))
            """;

    private final JdbcClient jdbc;

    public RawEnvelopes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where a reading goes on.
     *
     * @param id of the last envelope that was read of that time; null if none was
     */
    public record Cursor(Instant at, @Nullable UUID id) {}

    /** A part of a partition: offsets from the first on and before the end. */
    public record Range(int partition, long firstOffset, long endOffset) {}

    /** What is left out: parts of a topic, because they were read from there. */
    public record OnTopic(@Nullable UUID topicId, List<Range> ranges) {
        public OnTopic {
            ranges = List.copyOf(ranges);
        }
    }

    /** Records in the order of their arrival, and where to go on; without records there are no more. */
    public record Part(List<SourceRecord> records, Cursor next) {
        public Part {
            records = List.copyOf(records);
        }
    }

    /**
     * Reads the stored envelopes behind a cursor.
     *
     * @param to before which they arrived
     * @param projects of which they are; empty for all
     * @param limit how many at most
     * @param maxBytes how many bytes their bodies may have together, unless the first alone has more
     */
    public Part read(Cursor cursor, Instant to, List<Long> projects, OnTopic without, int limit, long maxBytes) {
        List<Key> keys = keys(cursor, to, projects, without, limit);
        List<Key> some = new ArrayList<>();
        long bytes = 0;
        for (Key key : keys) {
            bytes += key.size();
            if (bytes > maxBytes && !some.isEmpty()) {
                break;
            }
            some.add(key);
        }
        if (some.isEmpty()) {
            return new Part(List.of(), cursor);
        }
        Key last = some.getLast();
        return new Part(rows(some), new Cursor(last.receivedAt(), last.id()));
    }

    /** When the first envelope of a time arrived that is stored or that the ledger counted; the end of the time if there is none. */
    public Instant begin(Instant from, Instant to) {
        return jdbc.sql("""
                        SELECT least(
                            (SELECT received_at FROM envelopes WHERE received_at >= :from AND received_at < :to
                             ORDER BY received_at LIMIT 1),
                            (SELECT min(hour) FROM envelope_totals WHERE hour >= :from), :to)
                        """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    /** How many envelopes the ledger counted as stored in a time, by its hours. */
    public long counted(Instant from, Instant to, List<Long> projects) {
        return jdbc.sql("""
                        SELECT coalesce(sum(envelopes), 0) FROM envelope_totals
                        WHERE hour >= :from AND hour < :to AND fate = 'stored'
                          AND (cardinality(:projects::bigint[]) = 0 OR project_id = ANY (:projects))
                        """)
                .param("from", from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("projects", projects.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    /** How many envelopes the ledger counted as stored in an hour that have no row any more: a replay cannot reach them. */
    public long gone(Instant hour, List<Long> projects) {
        return jdbc.sql(GONE)
                .param("hour", hour.atOffset(ZoneOffset.UTC))
                .param("projects", projects.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    private record Key(Instant receivedAt, UUID id, int size) {}

    private List<Key> keys(Cursor cursor, Instant to, List<Long> projects, OnTopic without, int limit) {
        List<Range> ranges = without.ranges();
        return jdbc.sql(KEYS)
                .param("from", cursor.at().atOffset(ZoneOffset.UTC))
                .param("id", cursor.id() == null ? BEFORE_ALL : cursor.id())
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("projects", projects.toArray(Long[]::new))
                .param("topic", without.topicId(), Types.OTHER)
                .param("partitions", ranges.stream().map(Range::partition).toArray(Integer[]::new))
                .param("firsts", ranges.stream().map(Range::firstOffset).toArray(Long[]::new))
                .param("ends", ranges.stream().map(Range::endOffset).toArray(Long[]::new))
                .param("limit", limit)
                .query((row, _) -> new Key(receivedAt(row), row.getObject("id", UUID.class), row.getInt("body_size")))
                .list();
    }

    private List<SourceRecord> rows(List<Key> keys) {
        return jdbc.sql(ROWS)
                .param(
                        "ats",
                        keys.stream()
                                .map(key -> ChronoUnit.MICROS.between(Instant.EPOCH, key.receivedAt()))
                                .toArray(Long[]::new))
                .param("ids", keys.stream().map(Key::id).toArray(UUID[]::new))
                .query((row, _) -> record(row))
                .list();
    }

    private static SourceRecord record(ResultSet row) throws SQLException {
        UUID answered = row.getObject("answered_event_id", UUID.class);
        var receipt = new Receipt(
                new EnvelopeId(row.getObject("id", UUID.class)),
                new ProjectId(row.getLong("project_id")),
                new PublicKey(row.getString("public_key")),
                receivedAt(row),
                Endpoint.parse(row.getString("endpoint"))
                        .orElseThrow(() -> new IllegalStateException("envelopes.endpoint is unknown")),
                answered == null ? null : new EventId(answered),
                row.getString("content_encoding"),
                row.getString("content_type"),
                row.getString("client"),
                row.getString("remote_address"),
                row.getString("user_agent"),
                row.getString("origin"),
                row.getString("query"),
                row.getString("slug"),
                EnvelopeRecord.categories(row.getString("limited")));
        List<SourceRecord.Header> headers = new ArrayList<>();
        EnvelopeRecord.headers(receipt).forEach((name, value) -> headers.add(new SourceRecord.Header(name, value)));
        return new SourceRecord(
                "envelopes",
                row.getObject("topic_id", UUID.class),
                row.getInt("partition"),
                row.getLong("record_offset"),
                headers,
                row.getBytes("body"));
    }

    private static Instant receivedAt(ResultSet row) throws SQLException {
        return row.getObject("received_at", OffsetDateTime.class).toInstant();
    }
}
