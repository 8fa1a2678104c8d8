package dev.resentry.storage.ledger;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.ledger.LedgerBalance.Envelopes;
import dev.resentry.storage.ledger.LedgerBalance.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the ledger. */
public final class LedgerQueries {
    /** A range of each partition, and how far processing is: one statement sees one state. */
    private static final String FATES = """
            WITH given AS (
                SELECT * FROM unnest(:partitions::int[], :ends::bigint[], :committed::bigint[])
                    AS g(partition, broker_end, committed)),
            bounds AS (
                SELECT p.topic_id, p.partition, p.next_offset, g.committed,
                       greatest(p.first_offset, coalesce((
                           SELECT e.end_offset FROM topic_ends e
                           WHERE e.topic_id = p.topic_id AND e.partition = p.partition AND e.at <= :from
                           ORDER BY e.at DESC LIMIT 1), 0)) AS low,
                       greatest(p.first_offset, coalesce(CASE WHEN :live THEN g.broker_end END, (
                           SELECT e.end_offset FROM topic_ends e
                           WHERE e.topic_id = p.topic_id AND e.partition = p.partition AND e.at <= :to
                           ORDER BY e.at DESC LIMIT 1), 0)) AS high
                FROM topic_partitions p
                LEFT JOIN given g ON p.topic_id = :topic AND g.partition = p.partition),
            ranges AS (
                -- What consumers have committed counts as processed, whether or not it was: if it was not, the fates lack it.
                SELECT topic_id, partition, low, greatest(low, high) AS high,
                       least(greatest(low, high), greatest(low, next_offset, coalesce(committed, 0))) AS done
                FROM bounds)
            SELECT r.high - r.low AS accepted, r.high - r.done AS behind,
                   coalesce(f.stored, 0) AS stored, coalesce(f.duplicate, 0) AS duplicate, coalesce(f.dropped, 0) AS dropped,
                   coalesce(f.dead, 0) AS dead, coalesce(f.lost, 0) AS lost, coalesce(f.ahead, 0) AS ahead
            FROM ranges r
            LEFT JOIN LATERAL (
                SELECT sum(least(t.end_offset, r.high) - greatest(t.first_offset, r.low)) FILTER (WHERE fate = 'stored') AS stored,
                       sum(least(t.end_offset, r.high) - greatest(t.first_offset, r.low)) FILTER (WHERE fate = 'duplicate')
                           AS duplicate,
                       sum(least(t.end_offset, r.high) - greatest(t.first_offset, r.low)) FILTER (WHERE fate = 'dropped') AS dropped,
                       sum(least(t.end_offset, r.high) - greatest(t.first_offset, r.low)) FILTER (WHERE fate = 'dead') AS dead,
                       sum(least(t.end_offset, r.high) - greatest(t.first_offset, r.low)) FILTER (WHERE fate = 'lost') AS lost,
                       sum(greatest(0, least(t.end_offset, r.high) - greatest(t.first_offset, r.done))) AS ahead
                FROM topic_fates t
                WHERE t.topic_id = r.topic_id AND t.partition = r.partition AND t.first_offset < r.high AND t.end_offset > r.low
                ) AS f ON true
            """;

    private static final String FOUND = """
            SELECT coalesce(sum(items), 0) FROM envelope_totals WHERE hour >= :from AND hour < :to
            """;

    private static final String OUTCOMES = """
            SELECT outcome, reason, sum(items) AS items FROM outcome_totals
            WHERE source = 'processor' AND hour >= :from AND hour < :to
            GROUP BY outcome, reason
            """;

    private static final String TOTALS = """
            SELECT project_id, hour, category, outcome, reason, source, items, quantity FROM outcome_totals
            WHERE hour >= :from AND hour < :to AND (:project::bigint IS NULL OR project_id = :project)
              AND (NOT :refused OR source <> 'processor') {visible}
            ORDER BY hour DESC, project_id, category, outcome, reason, source
            LIMIT :limit
            """;

    /**
     * An envelope's id holds the millisecond of its arrival. An event's id is found by its identity, which has the arrival of the item
     * that was stored, and by the other items that bear it.
     */
    private static final String ENVELOPES = """
            WITH wanted AS (
                SELECT received_at, id FROM envelopes WHERE id = :id AND received_at >= :from AND received_at < :to
                UNION
                SELECT i.received_at, i.envelope_id FROM projects p
                JOIN event_identities k ON k.project_id = p.id AND k.event_id = :id
                JOIN envelope_items i ON i.received_at = k.received_at AND i.project_id = k.project_id AND i.event_id = :id
                UNION
                SELECT received_at, envelope_id FROM envelope_items
                WHERE event_id = :id AND (outcome <> 'stored' OR (type <> 'event' AND type <> 'transaction')))
            SELECT e.id, e.project_id, e.event_id, e.received_at, e.endpoint, e.gateway, e.topic_id, e.partition,
                   e.record_offset, e.processed_at, e.outcome, e.drop_reason, e.drop_cause,
                   coalesce((SELECT p.topic FROM topic_partitions p WHERE p.topic_id = e.topic_id LIMIT 1), '') AS topic
            FROM envelopes e JOIN wanted USING (received_at, id) WHERE true {visible}
            ORDER BY e.received_at, e.id
            LIMIT :limit
            """;

    private static final String DEAD_LETTERS = """
            SELECT id, at, reason, cause, project_id, envelope_id, event_id, source_topic, topic_id, source_partition, source_offset
            FROM dead_letters WHERE (envelope_id = :id OR event_id = :id) {visible}
            ORDER BY id LIMIT :limit
            """;

    private static final int MAX_REFUSALS = 500;
    private static final int MAX_ENTRIES = 50;

    private final JdbcClient jdbc;

    public LedgerQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The balance of a time.
     *
     * @param from null for all that there is a ledger of
     * @param to null for now
     */
    public LedgerBalance balance(@Nullable Instant from, @Nullable Instant to, Instant now, BrokerOffsets broker) {
        Instant end = to == null || to.isAfter(now) ? now : to;
        boolean live = end.equals(now);
        Instant firstHour = from == null ? Instant.EPOCH : from.truncatedTo(ChronoUnit.HOURS);
        Instant lastHour = end.truncatedTo(ChronoUnit.HOURS);
        // The hour that is not over counts, too.
        Instant endHour = lastHour.equals(end) ? lastHour : lastHour.plus(Duration.ofHours(1));
        return new LedgerBalance(
                envelopes(from, end, live, broker),
                items(firstHour, endHour),
                totals(firstHour, endHour, null, VisibleProjects.ALL, true, MAX_REFUSALS));
    }

    /**
     * The first half of a balance, of the time up to now: cheaper than the whole.
     *
     * @param from null for all that there is a ledger of
     */
    public Envelopes envelopeBalance(@Nullable Instant from, Instant now, BrokerOffsets broker) {
        return envelopes(from, now, true, broker);
    }

    private Envelopes envelopes(@Nullable Instant from, Instant to, boolean live, BrokerOffsets broker) {
        List<Integer> partitions = broker.ends().keySet().stream().sorted().toList();
        List<long[]> rows = jdbc.sql(FATES)
                .param("partitions", partitions.toArray(Integer[]::new))
                .param("ends", partitions.stream().map(broker.ends()::get).toArray(Long[]::new))
                .param(
                        "committed",
                        partitions.stream().map(broker.committed()::get).toArray(Long[]::new))
                .param("from", utc(from == null ? Instant.EPOCH : from))
                .param("to", utc(to))
                .param("live", live)
                .param("topic", broker.topicId())
                .query((row, _) -> new long[] {
                    row.getLong("accepted"),
                    row.getLong("stored"),
                    row.getLong("duplicate"),
                    row.getLong("dropped"),
                    row.getLong("dead"),
                    row.getLong("lost"),
                    row.getLong("behind") - row.getLong("ahead")
                })
                .list();
        long[] sum = new long[7];
        rows.forEach(row -> Arrays.setAll(sum, i -> sum[i] + row[i]));
        return new Envelopes(from, to, sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6]);
    }

    private Items items(Instant from, Instant to) {
        long found = jdbc.sql(FOUND)
                .param("from", utc(from))
                .param("to", utc(to))
                .query(Long.class)
                .single();
        Map<String, Long> sums = new HashMap<>();
        jdbc.sql(OUTCOMES)
                .param("from", utc(from))
                .param("to", utc(to))
                .query((row, _) ->
                        Map.entry(outcome(row.getString("outcome"), row.getString("reason")), row.getLong("items")))
                .list()
                .forEach(entry -> sums.merge(entry.getKey(), entry.getValue(), Long::sum));
        return new Items(
                from,
                to,
                found,
                sums.getOrDefault("stored", 0L),
                sums.getOrDefault("duplicate", 0L),
                sums.getOrDefault("dropped", 0L),
                sums.getOrDefault("filtered", 0L),
                sums.getOrDefault("dead", 0L));
    }

    /** A dropped item is dead if its reason is a failure. */
    private static String outcome(String outcome, String reason) {
        boolean dead = outcome.equals("dropped")
                && Arrays.stream(DropReason.values())
                        .anyMatch(known -> known.wireName().equals(reason) && known.isFailure());
        return dead ? "dead" : outcome;
    }

    /**
     * Totals of hours, the newest first.
     *
     * @param projectId null for all projects
     * @param refused only what never reached the processor: what gateways refused and SDKs did not send
     */
    public List<OutcomeTotal> totals(
            Instant from, Instant to, @Nullable Long projectId, VisibleProjects visible, boolean refused, int limit) {
        return jdbc.sql(visible.in(TOTALS, "project_id"))
                .param("visible", visible.parameter())
                .param("from", utc(from))
                .param("to", utc(to))
                .param("project", projectId)
                .param("refused", refused)
                .param("limit", limit)
                .query((row, _) -> total(row))
                .list();
    }

    private static OutcomeTotal total(ResultSet row) throws SQLException {
        return new OutcomeTotal(
                row.getLong("project_id"),
                row.getObject("hour", OffsetDateTime.class).toInstant(),
                row.getString("category"),
                row.getString("outcome"),
                row.getString("reason"),
                row.getString("source"),
                row.getLong("items"),
                row.getLong("quantity"));
    }

    /** The envelope with an id, or those that hold an event with that id. */
    public List<LedgerEntry.StoredEnvelope> envelopes(UUID id, VisibleProjects visible) {
        Instant from = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        return jdbc.sql(visible.in(ENVELOPES, "e.project_id"))
                .param("visible", visible.parameter())
                .param("id", id)
                .param("from", utc(from))
                .param("to", utc(from.plusMillis(1)))
                .param("limit", MAX_ENTRIES)
                .query((row, _) -> envelope(row))
                .list();
    }

    /** The dead letters of an envelope or an event. */
    public List<LedgerEntry.DeadLetter> deadLetters(UUID id, VisibleProjects visible) {
        return jdbc.sql(visible.in(DEAD_LETTERS, "project_id"))
                .param("visible", visible.parameter())
                .param("id", id)
                .param("limit", MAX_ENTRIES)
                .query((row, _) -> new LedgerEntry.DeadLetter(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("reason"),
                        row.getString("cause"),
                        row.getObject("project_id", Long.class),
                        row.getObject("envelope_id", UUID.class),
                        row.getObject("event_id", UUID.class),
                        new LedgerEntry.Place(
                                row.getString("source_topic"),
                                row.getObject("topic_id", UUID.class),
                                row.getInt("source_partition"),
                                row.getLong("source_offset"))))
                .list();
    }

    private static LedgerEntry.StoredEnvelope envelope(ResultSet row) throws SQLException {
        Long offset = row.getObject("record_offset", Long.class);
        OffsetDateTime processedAt = row.getObject("processed_at", OffsetDateTime.class);
        return new LedgerEntry.StoredEnvelope(
                row.getObject("id", UUID.class),
                row.getLong("project_id"),
                row.getObject("event_id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("endpoint"),
                row.getString("gateway"),
                offset == null
                        ? null
                        : new LedgerEntry.Place(
                                row.getString("topic"),
                                row.getObject("topic_id", UUID.class),
                                row.getInt("partition"),
                                offset),
                processedAt == null ? null : processedAt.toInstant(),
                Outcome.of(row.getString("outcome"), row.getString("drop_reason"), row.getString("drop_cause")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
