package dev.resentry.storage.person;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.deletion.RemovedRows;
import dev.resentry.storage.outbox.DataChanges;
import dev.resentry.storage.person.PersonSearch.EnvelopeKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Removes envelopes as a whole: the raw body, each item, and every row that was made of them. Identities of their events stay, which
 * say nothing of anybody, so that a retry is still a duplicate. Blobs go with the next sweep.
 */
final class EnvelopeRemoval {
    private static final InstantSource CLOCK = InstantSource.system();

    private static final String KEYS =
            "(SELECT %s AS received_at, id FROM unnest(:ats::bigint[], :ids::uuid[]) AS k(at, id)) AS k"
                    .formatted(instant("k.at"));

    private static final String DELETE = """
            DELETE FROM %s t USING %s
            WHERE t.received_at = k.received_at AND t.%s = k.id
            """;

    private static final String COUNTED = " RETURNING issue_id, (occurred_at AT TIME ZONE 'UTC')::date";

    private static final String ENDED = " RETURNING (ended_at AT TIME ZONE 'UTC')::date";

    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (:ids) ORDER BY id FOR NO KEY UPDATE";

    private static final String UNCOUNT = """
            UPDATE issues i SET event_count = i.event_count - gone.events
            FROM unnest(:ids::bigint[], :counts::bigint[]) AS gone(id, events)
            WHERE i.id = gone.id
            """;

    private static final String DEAD_LETTERS = """
            DELETE FROM dead_letters WHERE project_id = :project AND envelope_id = ANY (:ids::uuid[])
            """;

    private static final String RECOUNT = """
            INSERT INTO pending_recounts (job_id, project_id, issue_id, day)
            SELECT :job, :project, id, NULL FROM unnest(:issues::bigint[]) AS i(id)
            UNION ALL
            SELECT :job, :project, NULL, day FROM unnest(:days::date[]) AS d(day)
            ON CONFLICT DO NOTHING
            """;

    private final JdbcClient jdbc;

    EnvelopeRemoval(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Removes envelopes in the caller's transaction, and leaves what has to be counted again for it to the job. */
    List<RemovedRows> remove(long jobId, long project, Collection<EnvelopeKey> envelopes) {
        List<RemovedRows> removed = new ArrayList<>();
        removed.add(new RemovedRows("events", removeEvents(jobId, project, envelopes), null));
        removed.add(new RemovedRows("transactions", removeTransactions(jobId, project, envelopes), null));
        List<String> others = jdbc.sql("""
                        SELECT name FROM partitioned_tables WHERE name NOT IN ('envelopes', 'events', 'transactions') ORDER BY name
                        """).query((row, _) -> row.getString(1)).list();
        for (String table : others) {
            String sql = DELETE.formatted(table, KEYS, "envelope_id");
            removed.add(new RemovedRows(table, keyed(sql, envelopes).update(), null));
        }
        int letters = jdbc.sql(DEAD_LETTERS)
                .param("project", project)
                .param("ids", ids(envelopes))
                .update();
        removed.add(new RemovedRows("dead_letters", letters, null));
        Instant newest = envelopes.stream()
                .map(EnvelopeKey::receivedAt)
                .max(Instant::compareTo)
                .orElse(null);
        int raw = keyed(DELETE.formatted("envelopes", KEYS, "id"), envelopes).update();
        removed.add(new RemovedRows("envelopes", raw, newest));
        List<Instant> receivedAt =
                envelopes.stream().map(EnvelopeKey::receivedAt).toList();
        DataChanges.tell(jdbc, Cause.LIVE, project, receivedAt, CLOCK.instant());
        return removed;
    }

    private long removeEvents(long jobId, long project, Collection<EnvelopeKey> envelopes) {
        record Gone(long issue, LocalDate day) {}
        List<Gone> gone = keyed(DELETE.formatted("events", KEYS, "envelope_id") + COUNTED, envelopes)
                .query((row, _) -> new Gone(row.getLong(1), row.getObject(2, LocalDate.class)))
                .list();
        if (gone.isEmpty()) {
            return 0;
        }
        Map<Long, Long> counts =
                gone.stream().collect(Collectors.groupingBy(Gone::issue, TreeMap::new, Collectors.counting()));
        Long[] issues = counts.keySet().toArray(Long[]::new);
        jdbc.sql(LOCK).param("ids", issues).query(Long.class).list();
        jdbc.sql(UNCOUNT)
                .param("ids", issues)
                .param("counts", counts.values().toArray(Long[]::new))
                .update();
        recount(jobId, project, issues, gone.stream().map(Gone::day).toList());
        return gone.size();
    }

    private long removeTransactions(long jobId, long project, Collection<EnvelopeKey> envelopes) {
        List<LocalDate> days = keyed(DELETE.formatted("transactions", KEYS, "envelope_id") + ENDED, envelopes)
                .query((row, _) -> row.getObject(1, LocalDate.class))
                .list();
        recount(jobId, project, new Long[0], days);
        return days.size();
    }

    private void recount(long jobId, long project, Long[] issues, List<LocalDate> days) {
        jdbc.sql(RECOUNT)
                .param("job", jobId)
                .param("project", project)
                .param("issues", issues)
                .param(
                        "days",
                        new TreeSet<>(days).stream().map(LocalDate::toString).toArray(String[]::new))
                .update();
    }

    private StatementSpec keyed(String sql, Collection<EnvelopeKey> envelopes) {
        return jdbc.sql(sql)
                .param(
                        "ats",
                        envelopes.stream()
                                .map(key -> ChronoUnit.MICROS.between(Instant.EPOCH, key.receivedAt()))
                                .toArray(Long[]::new))
                .param("ids", ids(envelopes));
    }

    private static String[] ids(Collection<EnvelopeKey> envelopes) {
        return envelopes.stream().map(key -> key.id().toString()).toArray(String[]::new);
    }
}
