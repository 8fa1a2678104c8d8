package dev.resentry.storage.regroup;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueNews;
import dev.resentry.storage.outbox.DataChanges;
import dev.resentry.storage.rollup.RollupRebuild;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings back what a regroup changed. What people did since stands: an issue that they merged is followed to where it went, and what
 * they deleted stays deleted.
 */
final class RegroupRestore {
    private static final int EVENTS = 1_000;

    /** Of events whose payloads are made anew. */
    private static final int REPAIRED = 100;

    /** An assignee may be gone since. */
    private static final String ISSUES = """
            INSERT INTO issues
            SELECT i.* FROM regrouped_issues k
            CROSS JOIN LATERAL jsonb_populate_record(NULL::issues, k.issue || jsonb_build_object(
                'assignee_id', (SELECT u.id FROM users u WHERE u.id = (k.issue ->> 'assignee_id')::bigint))) AS i
            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL
            ORDER BY k.issue_id
            ON CONFLICT DO NOTHING
            RETURNING\s""" + IssueNews.COLUMNS;

    private static final String TAKE = """
            UPDATE issues i
            SET comment_count = greatest(0, i.comment_count - gone.comments),
                expired_event_count = greatest(0, i.expired_event_count - gone.expired)
            FROM (SELECT coalesce(m.into_issue, k.into_issue) AS into_id, sum((k.issue ->> 'comment_count')::integer) AS comments,
                         sum((k.issue ->> 'expired_event_count')::bigint) AS expired
                  FROM regrouped_issues k LEFT JOIN merged_issues m ON m.issue_id = k.into_issue
                  WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL
                  GROUP BY 1) AS gone
            WHERE i.id = gone.into_id
            RETURNING\s""" + IssueNews.COLUMNS;

    /** What belonged to issues that are back, and how others were called. */
    private static final List<String> REST = List.of("""
            DELETE FROM merged_issues m USING regrouped_issues k
            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND m.issue_id = k.issue_id
            """, """
            UPDATE merged_issues m SET into_issue = k.issue_id FROM regrouped_issues k
            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND m.issue_id = ANY (k.merged_from)
            """, """
            UPDATE issue_activities a SET issue_id = k.issue_id FROM regrouped_issues k
            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND a.id = ANY (k.activities)
            """, """
            UPDATE issue_tickets t SET issue_id = k.issue_id FROM regrouped_issues k
            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND t.id = ANY (k.tickets)
            """, """
            UPDATE issues i
            SET title = k.issue ->> 'title', culprit = k.issue ->> 'culprit', level = k.issue ->> 'level',
                platform = k.issue ->> 'platform', error_type = k.issue ->> 'error_type'
            FROM regrouped_issues k
            WHERE k.regroup_id = :id AND k.into_issue IS NULL AND i.id = k.issue_id
            """, """
            DELETE FROM issue_hashes h USING regrouped_hashes k
            WHERE k.regroup_id = :id AND k.issue_id IS NULL AND h.project_id = :project AND h.strategy = k.strategy
              AND h.hash = k.hash
            """, """
            INSERT INTO issue_hashes AS h (project_id, strategy, hash, issue_id, created_at)
            SELECT :project, k.strategy, k.hash, i.id, now()
            FROM regrouped_hashes k
            LEFT JOIN merged_issues m ON m.issue_id = k.issue_id
            JOIN issues i ON i.id = coalesce(m.into_issue, k.issue_id)
            WHERE k.regroup_id = :id AND k.issue_id IS NOT NULL
            ORDER BY 2, 3
            ON CONFLICT (project_id, strategy, hash) DO UPDATE SET issue_id = excluded.issue_id
            WHERE h.issue_id <> excluded.issue_id
            """);

    private static final String RECOUNT = """
            INSERT INTO pending_recounts (job_id, project_id, issue_id)
            SELECT DISTINCT :job::bigint, :project::bigint, i.id
            FROM regrouped_issues k
            LEFT JOIN merged_issues m ON m.issue_id = k.into_issue
            JOIN issues i ON i.id IN (k.issue_id, m.into_issue, k.into_issue)
            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL
            ON CONFLICT DO NOTHING
            """;

    /** By its former hash, as an event that came just after the switch was filed under the issue that the hash had gone to. */
    private static final String NEXT = """
            SELECT r.received_at, r.event_id,
                   (SELECT e.issue_id FROM events e
                    WHERE e.received_at = r.received_at AND e.project_id = :project AND e.event_id = r.event_id) AS issue,
                   (SELECT i.id FROM issues i
                    WHERE i.id = coalesce(
                        (SELECT h.issue_id FROM issue_hashes h
                         WHERE h.project_id = :project AND h.strategy = r.strategy AND h.hash = r.hash),
                        (SELECT m.into_issue FROM merged_issues m WHERE m.issue_id = r.issue_id),
                        r.issue_id)) AS former
            FROM regrouped_events r
            WHERE r.regroup_id = :id AND (r.received_at, r.event_id) < (:at, :event)
            ORDER BY r.received_at DESC, r.event_id DESC
            LIMIT :rows
            """;

    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (:issues) ORDER BY id FOR NO KEY UPDATE";

    /** What an event wants is another one's business than that of a regroup by rules, and nothing once its payload is gone. */
    private static final String MOVE = """
            UPDATE events e
            SET issue_id = moved.issue_id, strategy = r.strategy, hash = r.hash, title = r.title,
                needs_source_maps = CASE WHEN :repaired AND e.payload_kept THEN r.needs_source_maps ELSE e.needs_source_maps END,
                culprit = CASE WHEN r.is_readable THEN r.culprit ELSE e.culprit END
            FROM unnest(:at::timestamptz[], :events::uuid[], :issues::bigint[]) AS moved(at, id, issue_id)
            JOIN regrouped_events r ON r.regroup_id = :id AND r.received_at = moved.at AND r.event_id = moved.id
            WHERE e.received_at = moved.at AND e.project_id = :project AND e.event_id = moved.id
              AND NOT EXISTS (SELECT FROM deleted_issues d WHERE d.issue_id = e.issue_id)
            """;

    private static final String READABLE = """
            SELECT e.received_at, e.event_id, coalesce(e.payload_json, e.payload_jsonb::text) AS payload
            FROM unnest(:at::timestamptz[], :events::uuid[]) AS moved(at, id)
            JOIN regrouped_events r ON r.regroup_id = :id AND r.received_at = moved.at AND r.event_id = moved.id
            JOIN events e ON e.received_at = moved.at AND e.project_id = :project AND e.event_id = moved.id
            WHERE r.is_readable AND e.payload_kept
              AND NOT EXISTS (SELECT FROM deleted_issues d WHERE d.issue_id = e.issue_id)
            """;

    /** That it can be read as jsonb is tried before it is stored. */
    private static final String MINIFY = """
            UPDATE events e
            SET payload_json = CASE WHEN former.payload::jsonb IS NOT NULL THEN former.payload END, payload_jsonb = NULL
            FROM unnest(:at::timestamptz[], :events::uuid[], :payloads::text[]) AS former(at, id, payload)
            WHERE e.received_at = former.at AND e.project_id = :project AND e.event_id = former.id
            """;

    private static final InstantSource CLOCK = InstantSource.system();

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final RegroupActivities activities;
    private final EventGrouping.Source groupings;

    RegroupRestore(JdbcTemplate template, EventGrouping.Source groupings) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.activities = new RegroupActivities(template);
        this.groupings = groupings;
    }

    /** Some events that are where they were. */
    record Moved(EventPage.Place last, long events) {}

    private record Former(OffsetDateTime at, UUID event, Optional<Long> issue, Optional<Long> former) {}

    /** Brings back issues, hashes and what belongs to them, in a transaction that has the project alone. */
    void run(LockedRegroup regroup, long job, Author by) {
        List<IssueActivity> restored = jdbc.sql(ISSUES)
                .param("id", regroup.id())
                .query((row, _) -> IssueNews.of(row, IssueActivity.Kind.CHANGED, Cause.REGROUP, by))
                .list();
        List<IssueActivity> changed = jdbc.sql(TAKE)
                .param("id", regroup.id())
                .query((row, _) -> IssueNews.of(row, IssueActivity.Kind.CHANGED, Cause.REGROUP, by))
                .list();
        KeptRollups.restore(jdbc, regroup.id(), completeFrom());
        for (String statement : REST) {
            jdbc.sql(statement)
                    .param("id", regroup.id())
                    .param("project", regroup.project())
                    .update();
        }
        jdbc.sql(RECOUNT)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("job", job)
                .update();
        activities.undone(regroup, by);
        IssueNews.tell(template, restored);
        IssueNews.tell(template, changed);
    }

    private OffsetDateTime completeFrom() {
        Instant from = template.execute((ConnectionCallback<Instant>)
                connection -> RollupRebuild.completeFrom(connection).orElse(Instant.parse("9999-01-01T00:00:00Z")));
        return from.atOffset(ZoneOffset.UTC);
    }

    /** Brings back some events; empty if nothing is left. */
    Optional<Moved> next(LockedRegroup regroup, long job) {
        List<Former> next = jdbc.sql(NEXT)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("at", regroup.at())
                .param("event", regroup.event())
                .param("rows", regroup.cause() == RegroupCause.SOURCE_MAPS ? REPAIRED : EVENTS)
                .query((row, _) -> new Former(
                        row.getObject("received_at", OffsetDateTime.class),
                        row.getObject("event_id", UUID.class),
                        Optional.ofNullable(row.getObject("issue", Long.class)),
                        Optional.ofNullable(row.getObject("former", Long.class))))
                .list();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Long[] issues = next.stream()
                .filter(event -> event.issue().isPresent())
                .flatMap(event -> Stream.concat(event.issue().stream(), event.former().stream()))
                .distinct()
                .toArray(Long[]::new);
        jdbc.sql(LOCK).param("issues", issues).query(Long.class).list();
        Former last = next.getLast();
        List<Former> movable = next.stream()
                .filter(event -> event.issue().isPresent() && event.former().isPresent())
                .toList();
        String[] at = movable.stream().map(event -> event.at().toString()).toArray(String[]::new);
        String[] events =
                movable.stream().map(event -> event.event().toString()).toArray(String[]::new);
        boolean isRepaired = regroup.cause() == RegroupCause.SOURCE_MAPS;
        if (isRepaired) {
            minify(regroup, at, events);
        }
        jdbc.sql(MOVE)
                .param("repaired", isRepaired)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("at", at)
                .param("events", events)
                .param(
                        "issues",
                        movable.stream()
                                .flatMap(event -> event.former().stream())
                                .toArray(Long[]::new))
                .update();
        List<Instant> receivedAt =
                movable.stream().map(event -> event.at().toInstant()).toList();
        DataChanges.tell(jdbc, Cause.REGROUP, regroup.project(), receivedAt, CLOCK.instant());
        template.execute((ConnectionCallback<Boolean>) connection -> {
            RegroupMoves.recount(connection, regroup, job, issues);
            return true;
        });
        return Optional.of(new Moved(new EventPage.Place(last.at(), last.event()), next.size()));
    }

    /** Gives events that source maps changed the payloads back that they had. */
    private void minify(LockedRegroup regroup, String[] at, String[] events) {
        record Minified(OffsetDateTime at, UUID event, String payload) {}
        List<Minified> minified = jdbc.sql(READABLE)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("at", at)
                .param("events", events)
                .query((row, _) -> new Minified(
                        row.getObject("received_at", OffsetDateTime.class),
                        row.getObject("event_id", UUID.class),
                        groupings.minified(row.getString("payload"))))
                .list();
        jdbc.sql(MINIFY)
                .param("project", regroup.project())
                .param("at", minified.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .param(
                        "events",
                        minified.stream().map(one -> one.event().toString()).toArray(String[]::new))
                .param("payloads", minified.stream().map(Minified::payload).toArray(String[]::new))
                .update();
    }
}
