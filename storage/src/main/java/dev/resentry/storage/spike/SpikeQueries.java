package dev.resentry.storage.spike;

import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads spikes. */
public final class SpikeQueries {
    private static final String SPIKES = """
            SELECT s.*, p.slug, p.spike_limit, (SELECT title FROM issues WHERE id = s.issue_id) AS title,
                   (SELECT title FROM issues WHERE id = s.cause_issue) AS cause_title
            FROM spikes s
            JOIN projects p ON p.id = s.project_id
            """;

    private final JdbcClient jdbc;

    public SpikeQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which spikes are wanted; null wants all.
     *
     * @param issueId 0 for those of projects
     * @param isOpen whether they are not over
     * @param from none that ended before
     * @param to none that began then or later
     */
    public record SpikeFilter(
            VisibleProjects projects,
            @Nullable Long issueId,
            @Nullable Boolean isOpen,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * The spikes that were found since a moment, the first one first: what alerts are made of. A spike is found once, by one processor;
     * who asks again and again names the last {@link Spike#notedAt()} that it has seen, and passes over what it knows by {@link Spike#id()},
     * as several spikes are found at one time. {@link Spike#issueId()} tells those of issues from those of projects.
     */
    public List<Spike> startedSince(Instant since) {
        // With both ends the plan knows that these are few.
        return jdbc.sql(SPIKES + "WHERE s.noted_at >= :since AND s.noted_at < 'infinity' ORDER BY s.noted_at, s.id")
                .param("since", utc(since))
                .query((row, _) -> spike(row))
                .list();
    }

    /** A page of those that a filter wants, the newest first. */
    public Page<Spike> list(SpikeFilter filter, DatedPosition behind, int limit) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        var sql = new StringBuilder(SPIKES).append("WHERE (s.started_at, s.id) < (:at, :id)\n");
        parameters.put("at", utc(behind.at()));
        parameters.put("id", behind.id());
        if (!filter.projects().areAll()) {
            sql.append("AND s.project_id = ANY (:projects)\n");
            parameters.put("projects", filter.projects().parameter());
        }
        if (filter.issueId() != null) {
            sql.append("AND s.issue_id = :issue").append(filter.issueId() == 0 ? "\n" : " AND s.issue_id <> 0\n");
            parameters.put("issue", filter.issueId());
        }
        if (filter.isOpen() != null) {
            sql.append(filter.isOpen() ? "AND s.ended_at IS NULL\n" : "AND s.ended_at IS NOT NULL\n");
        }
        if (filter.from() != null) {
            sql.append("AND (s.ended_at IS NULL OR s.ended_at >= :from)\n");
            parameters.put("from", utc(filter.from()));
        }
        if (filter.to() != null) {
            sql.append("AND s.started_at < :to\n");
            parameters.put("to", utc(filter.to()));
        }
        sql.append("ORDER BY s.started_at DESC, s.id DESC LIMIT :limit");
        parameters.put("limit", limit + 1);
        return Page.ofOneMore(
                jdbc.sql(sql.toString())
                        .params(parameters)
                        .query((row, _) -> spike(row))
                        .list(),
                limit);
    }

    private static Spike spike(ResultSet row) throws SQLException {
        long issue = row.getLong("issue_id");
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        Long causeIssue = row.getObject("cause_issue", Long.class);
        String causeRelease = row.getString("cause_release");
        return new Spike(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("slug"),
                issue == 0 ? null : issue,
                row.getString("title"),
                at(row, "started_at"),
                at(row, "noted_at"),
                at(row, "last_at"),
                ended == null ? null : ended.toInstant(),
                row.getLong("peak"),
                row.getLong("usual"),
                row.getLong("threshold"),
                row.getBoolean("short_history"),
                causeIssue == null
                        ? null
                        : new Spike.IssueCause(
                                causeIssue,
                                row.getString("cause_title"),
                                row.getLong("cause_issue_events"),
                                row.getLong("cause_issue_usual")),
                causeRelease == null
                        ? null
                        : new Spike.ReleaseCause(
                                causeRelease, row.getLong("cause_release_events"), row.getLong("cause_release_usual")),
                ended == null && issue == 0 ? row.getObject("spike_limit", Long.class) : null);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
