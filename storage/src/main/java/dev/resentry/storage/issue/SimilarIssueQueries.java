package dev.resentry.storage.issue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads issues that another one may be like, and what to hold against it: the latest event of each. */
public final class SimilarIssueQueries {
    /** Of longer payloads none is looked at: there may be as many as there are candidates. */
    private static final int LONGEST_PAYLOAD = 1_000_000;

    /** Each part is read from an index of its own, in its order. */
    private static final String CANDIDATES = """
            WITH candidates AS (
                (SELECT id, last_seen FROM issues
                 WHERE project_id = :project AND error_type = :type AND id <> :issue ORDER BY last_seen DESC LIMIT :each)
                UNION
                (SELECT id, last_seen FROM issues
                 WHERE project_id = :project AND culprit = :culprit AND id <> :issue ORDER BY last_seen DESC LIMIT :each)
                UNION
                (SELECT id, last_seen FROM issues
                 WHERE project_id = :project AND error_type IS NULL AND :type::text IS NULL AND id <> :issue
                   AND left(lower(split_part(title, ' ', 1)), 60) = left(lower(split_part(:title, ' ', 1)), 60)
                 ORDER BY last_seen DESC LIMIT :each))
            SELECT id FROM candidates ORDER BY last_seen DESC, id DESC LIMIT :most
            """;

    private static final String LATEST = """
            SELECT i.id, latest.event_id, latest.received_at, latest.payload
            FROM unnest(:issues::bigint[]) AS i(id)
            CROSS JOIN LATERAL (
                SELECT e.event_id, e.received_at, coalesce(e.payload_json, e.payload_jsonb::text) AS payload,
                       coalesce(pg_column_size(e.payload_json), pg_column_size(e.payload_jsonb)) AS size
                FROM events e
                WHERE e.issue_id = i.id AND e.payload_kept
                ORDER BY e.received_at DESC, e.event_id DESC LIMIT 1) AS latest
            WHERE latest.size <= :longest
            """;

    private final JdbcClient jdbc;

    public SimilarIssueQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest event of an issue that has its payload. */
    public record LatestEvent(long issueId, UUID eventId, OffsetDateTime receivedAt, String payloadJson) {}

    /**
     * The ids of issues of the same project that have the same type of exception or the same culprit, or, where nothing was thrown, a
     * message that begins with the same word; those seen last first.
     *
     * @param each how many for one of these reasons
     * @param most how many at all
     */
    public List<Long> candidates(StoredIssue issue, int each, int most) {
        return jdbc.sql(CANDIDATES)
                .param("issue", issue.id())
                .param("project", issue.projectId())
                .param("type", issue.errorType())
                .param("culprit", issue.culprit())
                .param("title", issue.title())
                .param("each", each)
                .param("most", most)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** The latest event of an issue; empty if none of its payloads is kept, or if that is too long. */
    public Optional<LatestEvent> latest(long issueId) {
        return latest(List.of(issueId)).stream().findFirst();
    }

    /** Those of several issues, in no order. What has none is left out. */
    public List<LatestEvent> latest(Collection<Long> issueIds) {
        return jdbc.sql(LATEST)
                .param("issues", issueIds.toArray(Long[]::new))
                .param("longest", LONGEST_PAYLOAD)
                .query((row, _) -> event(row))
                .list();
    }

    private static LatestEvent event(ResultSet row) throws SQLException {
        return new LatestEvent(
                row.getLong("id"),
                row.getObject("event_id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class),
                row.getString("payload"));
    }
}
