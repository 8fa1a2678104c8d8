package dev.resentry.storage.merge;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads by which hashes an issue has its events. */
public final class IssueHashQueries {
    /** What an issue may have beyond this is of no use to a person who chooses. */
    private static final int MOST = 100;

    private static final String OF_ISSUE = """
            SELECT e.strategy, encode(e.hash, 'hex') AS hash, count(*) AS events, max(e.received_at) AS last_received_at,
                   (array_agg(e.event_id ORDER BY e.received_at DESC, e.event_id DESC))[1] AS latest,
                   (array_agg(e.title ORDER BY e.received_at DESC, e.event_id DESC))[1] AS title
            FROM (SELECT * FROM events WHERE issue_id = :issue ORDER BY received_at DESC, event_id DESC LIMIT :looked) AS e
            GROUP BY e.strategy, e.hash
            ORDER BY events DESC, last_received_at DESC
            LIMIT :most
            """;

    private static final int LOOKED_AT = 100_000;

    private final JdbcClient jdbc;

    public IssueHashQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A hash of an issue.
     *
     * @param events how many of the issue's latest 100,000 events have it
     * @param title of the latest of them
     */
    public record UsedHash(
            String strategy, String hash, long events, Instant lastReceivedAt, EventId latest, String title) {}

    /** The hashes of an issue's events, 100 at most, those of the most events first. */
    public List<UsedHash> ofIssue(long issue) {
        return jdbc.sql(OF_ISSUE)
                .param("issue", issue)
                .param("looked", LOOKED_AT)
                .param("most", MOST)
                .query((row, _) -> new UsedHash(
                        row.getString("strategy"),
                        row.getString("hash"),
                        row.getLong("events"),
                        row.getObject("last_received_at", OffsetDateTime.class).toInstant(),
                        new EventId(row.getObject("latest", UUID.class)),
                        row.getString("title")))
                .list();
    }
}
