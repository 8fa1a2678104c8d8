package dev.resentry.storage.alert;

import dev.resentry.storage.issue.ProjectReleases;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what rules and notifications say of issues, events and projects. */
public final class AlertFacts {
    /** An issue that was merged is the one that it went into. */
    private static final String ISSUE = """
            SELECT i.id, i.project_id, i.title, i.culprit, i.level, i.status, i.substatus, i.first_seen, i.last_seen, i.event_count,
                   i.users_affected, i.assignee_id, coalesce(nullif(u.name, ''), u.email) AS assignee_name,
                   ARRAY(SELECT team_id FROM team_members m WHERE m.user_id = i.assignee_id)::bigint[] AS teams
            FROM issues i LEFT JOIN users u ON u.id = i.assignee_id
            WHERE i.id = coalesce((SELECT into_issue FROM merged_issues WHERE issue_id = :issue), :issue)
            """;

    private static final String EVENT = """
            SELECT e.event_id, e.issue_id, e.occurred_at, e.level, e.platform, e.title, e.culprit, e.release, e.environment,
                   e.tags::text AS tags, CASE WHEN e.payload_kept THEN coalesce(e.payload_json, e.payload_jsonb::text) END AS payload,
                   encode(e.hash, 'hex') AS hash
            FROM events e
            """;

    /** The identity tells when it came, which leaves one partition to look into. */
    private static final String BY_ID = EVENT + """
            WHERE e.received_at = (SELECT received_at FROM event_identities WHERE project_id = :project AND event_id = :event)
              AND e.project_id = :project AND e.event_id = :event
            """;

    private static final String LATEST = EVENT + """
            WHERE e.issue_id = :issue ORDER BY e.received_at DESC, e.event_id DESC LIMIT 1
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public AlertFacts(DataSource dataSource) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
    }

    /** An issue as it is. */
    public record IssueFacts(
            long id,
            long projectId,
            String title,
            @Nullable String culprit,
            String level,
            String status,
            @Nullable String substatus,
            Instant firstSeen,
            Instant lastSeen,
            long events,
            long users,
            @Nullable Long assigneeId,
            @Nullable String assigneeName,
            Set<Long> assigneeTeams) {}

    /**
     * An event.
     *
     * @param payload its JSON; null if it is not kept
     */
    public record EventFacts(
            UUID id,
            long issueId,
            Instant occurredAt,
            String level,
            @Nullable String platform,
            String title,
            @Nullable String culprit,
            @Nullable String release,
            @Nullable String environment,
            String tagsJson,
            @Nullable String payload,
            String hash) {}

    /** A project as people name it. */
    public record ProjectFacts(long id, String slug, String name) {}

    public Optional<IssueFacts> issue(long issueId) {
        return jdbc.sql(ISSUE)
                .param("issue", issueId)
                .query((row, _) -> new IssueFacts(
                        row.getLong("id"),
                        row.getLong("project_id"),
                        row.getString("title"),
                        row.getString("culprit"),
                        row.getString("level"),
                        row.getString("status"),
                        row.getString("substatus"),
                        row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                        row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                        row.getLong("event_count"),
                        row.getLong("users_affected"),
                        row.getObject("assignee_id", Long.class),
                        row.getString("assignee_name"),
                        Arrays.stream((Long[]) row.getArray("teams").getArray()).collect(Collectors.toSet())))
                .optional();
    }

    /** Empty if retention or a deletion has removed it. */
    public Optional<EventFacts> event(long projectId, UUID eventId) {
        return event(jdbc.sql(BY_ID).param("project", projectId).param("event", eventId));
    }

    /** The event of an issue that arrived last. */
    public Optional<EventFacts> latestEvent(long issueId) {
        return event(jdbc.sql(LATEST).param("issue", issueId));
    }

    public Optional<ProjectFacts> project(long projectId) {
        return jdbc.sql("SELECT id, slug, name FROM projects WHERE id = :id AND status = 'active'")
                .param("id", projectId)
                .query((row, _) -> new ProjectFacts(row.getLong(1), row.getString(2), row.getString(3)))
                .optional();
    }

    /** The newest release of a project. */
    public Optional<String> latestRelease(long projectId) {
        return Optional.ofNullable(template.execute((ConnectionCallback<@Nullable String>) connection ->
                ProjectReleases.newest(connection, List.of(projectId)).get(projectId)));
    }

    private static Optional<EventFacts> event(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, _) -> new EventFacts(
                        row.getObject("event_id", UUID.class),
                        row.getLong("issue_id"),
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        row.getString("level"),
                        row.getString("platform"),
                        row.getString("title"),
                        row.getString("culprit"),
                        row.getString("release"),
                        row.getString("environment"),
                        row.getString("tags"),
                        row.getString("payload"),
                        row.getString("hash")))
                .optional();
    }
}
