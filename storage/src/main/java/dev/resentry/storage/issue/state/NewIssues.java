package dev.resentry.storage.issue.state;

import dev.resentry.model.issue.state.Escalation;
import dev.resentry.model.issue.state.IssueTransitions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds new issues that happen far more often than issues of their projects do. Nothing else may have become of them yet. */
final class NewIssues {
    /** For how long what is usual in a project is not computed again. */
    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    private static final String BUSY = """
            SELECT i.id, i.project_id, sum(h.events) AS events
            FROM issues i
            JOIN issue_hours h ON h.issue_id = i.id AND h.hour = :hour
            WHERE i.substatus = 'new' AND i.status_at IS NULL AND i.last_seen >= :hour AND i.first_seen > :new_since
            GROUP BY i.id
            HAVING sum(h.events) >= :least
            """;

    private static final String KNOWN = """
            SELECT project_id, events FROM project_usual_rates WHERE project_id = ANY (:projects) AND computed_at > :since
            """;

    /** A project without an hour in front of the one under way has nothing to compare with. */
    private static final String COMPUTE = """
            INSERT INTO project_usual_rates AS u (project_id, events, computed_at)
            SELECT p.id, usual.events, :now
            FROM projects p
            CROSS JOIN LATERAL (
                SELECT percentile_disc(:share) WITHIN GROUP (ORDER BY hours.events)::bigint AS events
                FROM (SELECT sum(events) AS events FROM issue_hours
                      WHERE project_id = p.id AND hour >= :from AND hour < :hour
                      GROUP BY issue_id, hour) AS hours) AS usual
            WHERE p.id = ANY (:projects) AND usual.events IS NOT NULL
            ORDER BY p.id
            ON CONFLICT (project_id) DO UPDATE SET events = excluded.events, computed_at = excluded.computed_at
            RETURNING project_id, events
            """;

    private final JdbcClient jdbc;

    NewIssues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Busy(long id, long project, long events) {}

    /** Those of which the hour under way has so many events. */
    Set<Long> escalating(Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        List<Busy> busy = jdbc.sql(BUSY)
                .param("hour", hour.atOffset(ZoneOffset.UTC))
                .param("new_since", now.minus(IssueTransitions.NEW_FOR).atOffset(ZoneOffset.UTC))
                .param("least", Escalation.LEAST)
                .query((row, _) -> new Busy(row.getLong(1), row.getLong(2), row.getLong(3)))
                .list();
        Map<Long, Long> usual = usual(busy.stream().map(Busy::project).collect(Collectors.toSet()), now, hour);
        return busy.stream()
                .filter(issue -> usual.containsKey(issue.project())
                        && Escalation.isUnusual(issue.events(), usual.get(issue.project())))
                .map(Busy::id)
                .collect(Collectors.toSet());
    }

    /** What is usual in each of the projects that have had events before the hour. */
    private Map<Long, Long> usual(Set<Long> projects, Instant now, Instant hour) {
        Map<Long, Long> usual = new HashMap<>();
        if (projects.isEmpty()) {
            return usual;
        }
        jdbc.sql(KNOWN)
                .param("projects", projects.toArray(Long[]::new))
                .param("since", now.minus(KNOWN_FOR).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    usual.put(row.getLong(1), row.getLong(2));
                });
        Set<Long> unknown = new HashSet<>(projects);
        unknown.removeAll(usual.keySet());
        if (!unknown.isEmpty()) {
            jdbc.sql(COMPUTE)
                    .param("projects", unknown.toArray(Long[]::new))
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("share", Escalation.USUAL_SHARE)
                    .param(
                            "from",
                            hour.minus(Escalation.HOURS, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                    .param("hour", hour.atOffset(ZoneOffset.UTC))
                    .query(row -> {
                        usual.put(row.getLong(1), row.getLong(2));
                    });
        }
        return usual;
    }
}
