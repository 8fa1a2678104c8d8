package dev.resentry.storage.feedback;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.feedback.StoredFeedback.Assignee;
import dev.resentry.storage.feedback.StoredFeedback.Changed;
import dev.resentry.storage.feedback.StoredFeedback.Issue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads feedback, newest first. Which issue it is about is looked up by its event when it is read, so that it is right whether the
 * event came before or after it, was merged into another issue, or is gone.
 */
public final class FeedbackQueries {
    private static final String WITH_STATES = """
            FROM feedback f
            LEFT JOIN feedback_states s ON s.project_id = f.project_id AND s.feedback_id = f.feedback_id
            WHERE true\s""";

    /** The identity tells when the event came, which leaves one partition to look into. */
    private static final String SELECT = """
            SELECT f.*, f.tags::text AS tags_text, p.slug, i.id AS issue_id, i.title AS issue_title, i.status AS issue_status,
                   met.environment AS event_environment, met.release AS event_release,
                   u.id AS user_id, coalesce(nullif(u.name, ''), u.email) AS user_name,
                   (SELECT count(*) FROM attachments a
                    WHERE a.event_id = f.feedback_id AND a.project_id = f.project_id
                      AND a.received_at >= f.received_at - interval '1 day'
                      AND a.received_at <= f.received_at + interval '1 day') AS files
            FROM (SELECT f.*, coalesce(s.status, 'unresolved') AS state, s.assignee_id, s.changed_at, s.changed_by %s) AS f
            JOIN projects p ON p.id = f.project_id
            LEFT JOIN users u ON u.id = f.assignee_id
            LEFT JOIN LATERAL (
                SELECT e.issue_id, e.environment, e.release
                FROM event_identities k
                JOIN events e ON e.received_at = k.received_at AND e.project_id = k.project_id AND e.event_id = k.event_id
                WHERE k.project_id = f.project_id AND k.event_id = f.event_id) AS met ON true
            LEFT JOIN issues i ON i.id = met.issue_id
            ORDER BY f.received_at DESC, f.feedback_id DESC
            """;

    /** The first condition follows from the second; partitions are left out by it alone. */
    private static final String PAGE = """
            AND f.received_at <= :at AND (f.received_at, f.feedback_id) < (:at, :id)
            ORDER BY f.received_at DESC, f.feedback_id DESC
            LIMIT :limit
            """;

    private static final String KNOWN_AT = """
            SELECT k.received_at FROM projects p JOIN event_identities k ON k.project_id = p.id AND k.event_id = :id
            WHERE true{visible} ORDER BY k.received_at DESC
            """;

    private final JdbcClient jdbc;

    public FeedbackQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of the feedback that a filter wants. */
    public Page<StoredFeedback> list(FeedbackFilter filter, Position behind, int limit) {
        return Page.ofOneMore(
                jdbc.sql(SELECT.formatted(WITH_STATES + filter.conditions() + PAGE))
                        .params(filter.parameters())
                        .param("at", behind.at().atOffset(ZoneOffset.UTC))
                        .param("id", behind.id())
                        .param("limit", limit + 1)
                        .query((row, _) -> feedback(row))
                        .list(),
                limit);
    }

    /** How much a filter wants of each status, whichever it names. */
    public Map<FeedbackStatus, Long> counts(FeedbackFilter filter) {
        FeedbackFilter any = filter.ofAnyStatus();
        Map<FeedbackStatus, Long> counts = new EnumMap<>(FeedbackStatus.class);
        for (FeedbackStatus status : FeedbackStatus.values()) {
            counts.put(status, 0L);
        }
        jdbc.sql("SELECT coalesce(s.status, 'unresolved'), count(*) " + WITH_STATES + any.conditions() + " GROUP BY 1")
                .params(any.parameters())
                .query((row, _) -> counts.put(status(row.getString(1)), row.getLong(2)))
                .list();
        return counts;
    }

    /** Finds feedback; if several of the projects have some of this id, what came last. */
    public Optional<StoredFeedback> find(EventId id, VisibleProjects projects) {
        return jdbc
                .sql(projects.in(KNOWN_AT, "k.project_id"))
                .param("id", id.value())
                .param("visible", projects.parameter())
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .list()
                .stream()
                .flatMap(receivedAt -> at(receivedAt, id, projects).stream())
                .findFirst();
    }

    private Optional<StoredFeedback> at(OffsetDateTime receivedAt, EventId id, VisibleProjects projects) {
        return jdbc.sql(SELECT.formatted(WITH_STATES
                        + "AND f.received_at = :at AND f.feedback_id = :id %s LIMIT 1"
                                .formatted(projects.and("f.project_id"))))
                .param("visible", projects.parameter())
                .param("at", receivedAt)
                .param("id", id.value())
                .query((row, _) -> feedback(row))
                .optional();
    }

    private static FeedbackStatus status(String word) {
        return FeedbackStatus.of(word).orElse(FeedbackStatus.UNRESOLVED);
    }

    private static StoredFeedback feedback(ResultSet row) throws SQLException {
        Long issue = row.getObject("issue_id", Long.class);
        Long user = row.getObject("user_id", Long.class);
        OffsetDateTime changedAt = row.getObject("changed_at", OffsetDateTime.class);
        return new StoredFeedback(
                new EventId(row.getObject("feedback_id", UUID.class)),
                row.getLong("project_id"),
                row.getString("slug"),
                row.getObject("envelope_id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("source"),
                row.getString("message"),
                row.getString("name"),
                row.getString("email"),
                row.getString("url"),
                event(row.getObject("event_id", UUID.class)),
                issue == null ? null : new Issue(issue, row.getString("issue_title"), row.getString("issue_status")),
                row.getObject("replay_id", UUID.class),
                row.getObject("trace_id", UUID.class),
                row.getString("platform"),
                either(row, "release", "event_release"),
                either(row, "environment", "event_environment"),
                row.getString("sdk_name"),
                row.getString("sdk_version"),
                row.getString("tags_text"),
                row.getInt("files"),
                status(row.getString("state")),
                user == null ? null : new Assignee(user, row.getString("user_name")),
                changedAt == null ? null : new Changed(changedAt.toInstant(), row.getString("changed_by")));
    }

    private static @Nullable String either(ResultSet row, String own, String ofEvent) throws SQLException {
        String said = row.getString(own);
        return said == null ? row.getString(ofEvent) : said;
    }

    private static @Nullable EventId event(@Nullable UUID id) {
        return id == null ? null : new EventId(id);
    }
}
