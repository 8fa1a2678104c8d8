package dev.resentry.storage.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How fast envelopes come and are processed, by the books: ends of partitions are the broker's, fates the processors'. Cheap enough
 * to be asked every few seconds.
 */
public final class ThroughputQueries {
    private static final String FATES = """
            WITH ranges AS (
                SELECT * FROM unnest(:partitions::int[], :lows::bigint[], :highs::bigint[]) AS r(partition, low, high)),
            runs AS (
                SELECT t.fate, least(t.end_offset, r.high) - greatest(t.first_offset, r.low) AS records
                FROM ranges r JOIN topic_fates t
                  ON t.topic_id = :topic AND t.partition = r.partition AND t.first_offset < r.high AND t.end_offset > r.low
                 -- The run around the lower end is the last one that begins at or before it.
                 AND t.first_offset >= coalesce((SELECT max(b.first_offset) FROM topic_fates b
                                                 WHERE b.topic_id = :topic AND b.partition = r.partition
                                                   AND b.first_offset <= r.low), 0))
            SELECT coalesce(sum(records) FILTER (WHERE fate = 'stored'), 0) AS stored,
                   coalesce(sum(records) FILTER (WHERE fate = 'duplicate'), 0) AS duplicate,
                   coalesce(sum(records) FILTER (WHERE fate = 'dropped'), 0) AS dropped,
                   coalesce(sum(records) FILTER (WHERE fate = 'dead'), 0) AS dead,
                   coalesce(sum(records) FILTER (WHERE fate = 'lost'), 0) AS lost
            FROM runs
            """;

    /** A minute counts if the one before is known too, of the same partition. */
    private static final String MINUTES = """
            WITH steps AS (
                SELECT partition, at, end_offset, next_offset,
                       lag(at) OVER w AS at_before, lag(end_offset) OVER w AS end_before, lag(next_offset) OVER w AS next_before
                FROM topic_minutes
                WHERE topic_id = :topic AND at >= :from AND at <= :to
                WINDOW w AS (PARTITION BY partition ORDER BY at))
            SELECT s.at - interval '1 minute' AS at, sum(s.end_offset - s.end_before) AS accepted,
                   coalesce(sum(f.stored), 0) AS stored, coalesce(sum(f.dropped), 0) AS dropped, coalesce(sum(f.dead), 0) AS dead
            FROM steps s
            LEFT JOIN LATERAL (
                SELECT sum(records) FILTER (WHERE fate = 'stored') AS stored,
                       sum(records) FILTER (WHERE fate = 'dropped') AS dropped,
                       sum(records) FILTER (WHERE fate = 'dead') AS dead
                FROM (SELECT t.fate, least(t.end_offset, s.next_offset) - greatest(t.first_offset, s.next_before) AS records
                      FROM topic_fates t
                      WHERE t.topic_id = :topic AND t.partition = s.partition AND s.next_offset > s.next_before
                        AND t.first_offset < s.next_offset AND t.end_offset > s.next_before
                        AND t.first_offset >= coalesce((SELECT max(b.first_offset) FROM topic_fates b
                                                        WHERE b.topic_id = :topic AND b.partition = s.partition
                                                          AND b.first_offset <= s.next_before), 0)) AS runs
                ) AS f ON true
            WHERE s.at_before = s.at - interval '1 minute'
            GROUP BY s.at
            ORDER BY s.at
            """;

    private static final String REACHED = """
            SELECT g.partition, (
                SELECT e.at FROM topic_ends e
                WHERE e.topic_id = :topic AND e.partition = g.partition AND e.end_offset <= g.next_offset
                ORDER BY e.at DESC LIMIT 1) AS at
            FROM unnest(:partitions::int[], :next::bigint[]) AS g(partition, next_offset)
            """;

    private static final String LOAD = """
            WITH accepted AS (
                SELECT project_id, sum(envelopes) AS envelopes FROM envelope_totals WHERE hour >= :from GROUP BY project_id),
            limited AS (
                SELECT project_id, sum(quantity) AS quantity FROM outcome_totals
                WHERE hour >= :from AND outcome = 'rate_limited' AND source = 'gateway' GROUP BY project_id)
            SELECT p.id, p.slug, p.name, coalesce(a.envelopes, 0) AS accepted, coalesce(l.quantity, 0) AS limited,
                   (SELECT coalesce(sum(envelopes), 0) FROM accepted) AS accepted_of_all,
                   CASE WHEN l.project_id IS NOT NULL THEN (
                       -- Hours in a row, backwards from the newest: their numbers fall as fast as the hours do.
                       SELECT min(hour) FROM (
                           SELECT hour, first_value(hour) OVER (ORDER BY hour DESC) AS newest,
                                  row_number() OVER (ORDER BY hour DESC) AS number
                           FROM (SELECT DISTINCT hour FROM outcome_totals o
                                 WHERE o.project_id = p.id AND o.hour >= :since AND o.outcome = 'rate_limited'
                                   AND o.source = 'gateway') AS hours) AS numbered
                       WHERE hour = newest - (number - 1) * interval '1 hour') END AS limited_since
            FROM projects p
            LEFT JOIN accepted a ON a.project_id = p.id
            LEFT JOIN limited l ON l.project_id = p.id
            WHERE a.project_id IS NOT NULL OR l.project_id IS NOT NULL
            ORDER BY coalesce(a.envelopes, 0) + coalesce(l.quantity, 0) DESC, p.id
            LIMIT :limit
            """;

    private static final int LIMITED_LOOK_BACK_DAYS = 2;

    private final JdbcClient jdbc;

    public ThroughputQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In front of which offset of each partition all records have a fate; a partition that nobody processed yet is missing. */
    public Map<Integer, Long> nextOffsets(UUID topicId) {
        Map<Integer, Long> offsets = new HashMap<>();
        jdbc.sql("SELECT partition, next_offset FROM topic_partitions WHERE topic_id = :topic")
                .param("topic", topicId)
                .query((row, _) -> Map.entry(row.getInt(1), row.getLong(2)))
                .list()
                .forEach(entry -> offsets.put(entry.getKey(), entry.getValue()));
        return offsets;
    }

    /** The fates of the records of each partition from an offset to another, of partitions that have both. */
    public FateCounts fates(UUID topicId, Map<Integer, Long> from, Map<Integer, Long> to) {
        List<Integer> partitions =
                to.keySet().stream().filter(from::containsKey).sorted().toList();
        return jdbc.sql(FATES)
                .param("topic", topicId)
                .param("partitions", partitions.toArray(Integer[]::new))
                .param("lows", partitions.stream().map(from::get).toArray(Long[]::new))
                .param("highs", partitions.stream().map(to::get).toArray(Long[]::new))
                .query((row, _) -> new FateCounts(
                        row.getLong("stored"),
                        row.getLong("duplicate"),
                        row.getLong("dropped"),
                        row.getLong("dead"),
                        row.getLong("lost")))
                .single();
    }

    /**
     * The whole minutes between two, the oldest first. One in which nobody watched the topic is missing; the first in which
     * somebody did counts from the first look on.
     *
     * @param from where the first minute begins
     * @param to where the last one ends
     */
    public List<MinuteCounts> minutes(UUID topicId, Instant from, Instant to) {
        return jdbc.sql(MINUTES)
                .param("topic", topicId)
                .param("from", utc(from))
                .param("to", utc(to))
                .query((row, _) -> new MinuteCounts(
                        instant(row, "at"),
                        row.getLong("accepted"),
                        row.getLong("stored"),
                        row.getLong("dropped"),
                        row.getLong("dead")))
                .list();
    }

    /** Where a topic and its processing were when a minute began. */
    public MinuteOffsets offsetsAt(UUID topicId, Instant minute) {
        Map<Integer, Long> ends = new HashMap<>();
        Map<Integer, Long> next = new HashMap<>();
        jdbc.sql("SELECT partition, end_offset, next_offset FROM topic_minutes WHERE topic_id = :topic AND at = :at")
                .param("topic", topicId)
                .param("at", utc(minute))
                .query(row -> {
                    ends.put(row.getInt(1), row.getLong(2));
                    next.put(row.getInt(1), row.getLong(3));
                });
        return new MinuteOffsets(ends, next);
    }

    /** Since when, to the minute, partitions end behind an offset; one of which that is not known is missing. */
    public Map<Integer, Instant> endedBehindSince(UUID topicId, Map<Integer, Long> offsets) {
        List<Integer> partitions = offsets.keySet().stream().sorted().toList();
        Map<Integer, Instant> since = new HashMap<>();
        jdbc.sql(REACHED)
                .param("topic", topicId)
                .param("partitions", partitions.toArray(Integer[]::new))
                .param("next", partitions.stream().map(offsets::get).toArray(Long[]::new))
                .query(row -> {
                    OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
                    if (at != null) {
                        since.put(row.getInt("partition"), at.toInstant());
                    }
                });
        return since;
    }

    /** The projects that sent most, refused or not, the noisiest first. */
    public List<ProjectLoad> noisiest(Instant fromHour, int limit) {
        return jdbc.sql(LOAD)
                .param("from", utc(fromHour))
                .param("since", utc(fromHour.minus(LIMITED_LOOK_BACK_DAYS, ChronoUnit.DAYS)))
                .param("limit", limit)
                .query((row, _) -> new ProjectLoad(
                        row.getLong("id"),
                        row.getString("slug"),
                        row.getString("name"),
                        row.getLong("accepted"),
                        row.getLong("accepted_of_all"),
                        row.getLong("limited"),
                        row.getObject("limited_since") == null ? null : instant(row, "limited_since")))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
