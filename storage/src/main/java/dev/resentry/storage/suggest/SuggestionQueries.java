package dev.resentry.storage.suggest;

import dev.resentry.storage.VisibleProjects;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what there is to search by. What is asked for is a part of the key or value, without regard to case; the most frequent come
 * first. Nothing reads more rows for being older.
 */
public final class SuggestionQueries {
    /** How many of the issues seen last are looked at for keys of tags. */
    private static final int ISSUES_FOR_KEYS = 1_000;

    /** For their values, of which an issue may have a thousand. */
    private static final int ISSUES_FOR_VALUES = 300;

    private static final int SAMPLE = 1_000;

    /** A longer value helps nobody who types. */
    private static final int LONGEST = 200;

    /** What is behind OFFSET 0 is looked up issue by issue: there is no reason to read all tags for some issues. */
    private static final String TAG_KEYS = """
            SELECT k.key, count(*)
            FROM (SELECT i.id FROM issues i WHERE i.event_count > 0 {visible}
                  ORDER BY i.last_seen DESC, i.id DESC LIMIT %d) AS latest
            CROSS JOIN LATERAL (SELECT key FROM issue_tag_keys WHERE issue_id = latest.id OFFSET 0) AS k
            WHERE strpos(lower(k.key), lower(:text)) > 0
            GROUP BY k.key ORDER BY count(*) DESC, k.key LIMIT :limit
            """.formatted(ISSUES_FOR_KEYS);

    private static final String TAG_VALUES = """
            SELECT t.value, sum(t.events)::bigint AS events
            FROM (SELECT i.id FROM issues i WHERE i.event_count > 0 {visible}
                  ORDER BY i.last_seen DESC, i.id DESC LIMIT %d) AS latest
            CROSS JOIN LATERAL (
                SELECT value, events FROM issue_tags WHERE issue_id = latest.id AND key = :key OFFSET 0) AS t
            WHERE t.value <> '' AND strpos(lower(t.value), lower(:text)) > 0
            GROUP BY t.value ORDER BY events DESC, t.value LIMIT :limit
            """.formatted(ISSUES_FOR_VALUES);

    /** The newest first, as one looks for these; how many events they have is counted for those alone that are shown. */
    private static final String RELEASES = """
            WITH newest AS (
                SELECT r.version, r.project_id, r.date FROM releases r
                WHERE strpos(lower(r.version), lower(:text)) > 0 {visible}
                ORDER BY r.date DESC, r.id DESC LIMIT :limit)
            SELECT n.version, coalesce(sum(counted.events), 0)::bigint
            FROM newest n
            CROSS JOIN LATERAL (
                SELECT sum(h.events) AS events FROM release_hours h
                WHERE h.project_id = n.project_id AND h.release = n.version AND h.hour >= :since) AS counted
            GROUP BY n.version ORDER BY max(n.date) DESC, n.version
            """;

    private final JdbcClient jdbc;

    public SuggestionQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The keys of tags of the issues seen last, with the number of these that have them. */
    public List<CountedValue> tagKeys(VisibleProjects projects, String text, int limit) {
        return read(TAG_KEYS, "i.project_id", projects, text, limit, Instant.EPOCH, "");
    }

    /** The values of a tag of the issues seen last, with the number of events that have them. */
    public List<CountedValue> tagValues(VisibleProjects projects, String key, String text, int limit) {
        return read(TAG_VALUES, "i.project_id", projects, text, limit, Instant.EPOCH, key);
    }

    /** The keys of tags of the newest rows of a table. */
    public List<CountedValue> sampledKeys(
            SampledTable table, VisibleProjects projects, Instant since, String text, int limit) {
        return sampled(
                table,
                "tag.key",
                "FROM jsonb_object_keys(" + table.tags() + ") AS tag(key)",
                projects,
                since,
                text,
                limit,
                "");
    }

    /** The values of a tag of the newest rows of a table. */
    public List<CountedValue> sampledTagValues(
            SampledTable table, VisibleProjects projects, Instant since, String key, String text, int limit) {
        return sampled(table, table.tags() + " ->> :key", "", projects, since, text, limit, key);
    }

    /**
     * The values of an expression over the newest rows of a table.
     *
     * @param expression SQL of a field of searches, never of callers
     * @param from what it is over besides the table, from {@code FROM} on; empty for nothing
     */
    public List<CountedValue> sampledValues(
            SampledTable table,
            String expression,
            String from,
            VisibleProjects projects,
            Instant since,
            String text,
            int limit) {
        return sampled(table, expression, from, projects, since, text, limit, "");
    }

    public List<CountedValue> environments(VisibleProjects projects, Instant since, String text, int limit) {
        return counted("environment", projects, since, text, limit);
    }

    public List<CountedValue> levels(VisibleProjects projects, Instant since, String text, int limit) {
        return counted("level", projects, since, text, limit);
    }

    /** Versions, the newest first, with their events since some time. */
    public List<CountedValue> releases(VisibleProjects projects, Instant since, String text, int limit) {
        return read(RELEASES, "r.project_id", projects, text, limit, since, "");
    }

    /** What is counted of projects by hour. */
    private List<CountedValue> counted(String column, VisibleProjects projects, Instant since, String text, int limit) {
        String sql = """
                SELECT h.%1$s, sum(h.events)::bigint AS events
                FROM projects p JOIN project_hours h ON h.project_id = p.id AND h.hour >= :since
                WHERE h.%1$s <> '' AND strpos(lower(h.%1$s), lower(:text)) > 0 {visible}
                GROUP BY h.%1$s ORDER BY events DESC, h.%1$s LIMIT :limit
                """.formatted(column);
        return read(sql, "p.id", projects, text, limit, since, "");
    }

    private List<CountedValue> sampled(
            SampledTable table,
            String expression,
            String from,
            VisibleProjects projects,
            Instant since,
            String text,
            int limit,
            String key) {
        String sql = """
                SELECT v.value, count(*) FROM %s CROSS JOIN LATERAL (SELECT (%s)::text AS value %s) AS v
                WHERE v.value <> '' AND length(v.value) <= :longest AND strpos(lower(v.value), lower(:text)) > 0
                GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT :limit
                """.formatted(table.newest(SAMPLE), expression, from);
        return read(sql, table.project(), projects, text, limit, since, key);
    }

    private List<CountedValue> read(
            String sql,
            String projectColumn,
            VisibleProjects projects,
            String text,
            int limit,
            Instant since,
            String key) {
        return jdbc.sql(projects.in(sql, projectColumn))
                .param("visible", projects.parameter())
                .param("text", text)
                .param("limit", limit)
                .param("longest", LONGEST)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("key", key)
                .query((row, _) -> new CountedValue(row.getString(1), row.getLong(2)))
                .list();
    }
}
