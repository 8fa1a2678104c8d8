package dev.resentry.storage.merge;

import static java.util.stream.Collectors.groupingBy;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueNews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes issues, and leaves to others what is theirs: hashes, comments, tickets and marks, which stay readable there, notifications,
 * their addresses, and the counts that their events cannot give again.
 */
public final class IssueHandOver {
    private static final String PAIRS = "unnest(:gone::bigint[], :into::bigint[]) AS pair(gone, into_id)";

    private static final List<String> HAND_OVER = List.of(
            "UPDATE issue_hashes t SET issue_id = pair.into_id FROM " + PAIRS + " WHERE t.issue_id = pair.gone",
            "UPDATE issue_activities t SET issue_id = pair.into_id FROM " + PAIRS + " WHERE t.issue_id = pair.gone",
            "UPDATE issue_tickets t SET issue_id = pair.into_id FROM " + PAIRS + " WHERE t.issue_id = pair.gone",
            "UPDATE deliveries t SET issue_id = pair.into_id FROM " + PAIRS + " WHERE t.issue_id = pair.gone",
            "UPDATE alert_firings t SET issue_id = pair.into_id FROM " + PAIRS + " WHERE t.issue_id = pair.gone",
            // A rule that fired for one of them was heard for all.
            """
            INSERT INTO alert_cooldowns AS c (rule_id, issue_id, last_fired_at)
            SELECT t.rule_id, pair.into_id, max(t.last_fired_at) FROM %s JOIN alert_cooldowns t ON t.issue_id = pair.gone
            GROUP BY 1, 2
            ON CONFLICT (rule_id, issue_id) DO UPDATE SET last_fired_at = greatest(c.last_fired_at, excluded.last_fired_at)
            """.formatted(PAIRS),
            "DELETE FROM alert_cooldowns WHERE issue_id = ANY (:gone)",
            """
            INSERT INTO alert_snoozes AS s (project_id, rule_id, issue_id, user_id, until, created_by, created_at)
            SELECT DISTINCT ON (t.project_id, t.rule_id, pair.into_id, t.user_id)
                   t.project_id, t.rule_id, pair.into_id, t.user_id, t.until, t.created_by, t.created_at
            FROM %s JOIN alert_snoozes t ON t.issue_id = pair.gone
            ORDER BY 1, 2, 3, 4, t.until DESC
            ON CONFLICT (project_id, rule_id, issue_id, user_id) DO UPDATE SET until = greatest(s.until, excluded.until)
            """.formatted(PAIRS),
            "DELETE FROM alert_snoozes WHERE issue_id = ANY (:gone)",
            // One issue has no two open spikes.
            "DELETE FROM spikes WHERE issue_id = ANY (:gone) AND ended_at IS NULL AND cardinality(:into::bigint[]) > 0",
            "UPDATE spikes t SET issue_id = pair.into_id FROM " + PAIRS + " WHERE t.issue_id = pair.gone",
            "UPDATE merged_issues t SET into_issue = pair.into_id FROM " + PAIRS + " WHERE t.into_issue = pair.gone",
            """
            INSERT INTO merged_issues (issue_id, project_id, into_issue)
            SELECT i.id, i.project_id, pair.into_id FROM %s JOIN issues i ON i.id = pair.gone
            """.formatted(PAIRS));

    private static final String SUM_UP = """
            UPDATE issues i
            SET event_count = i.event_count + gone.events, expired_event_count = i.expired_event_count + gone.expired,
                comment_count = i.comment_count + gone.comments,
                first_seen = least(i.first_seen, gone.first_seen), last_seen = greatest(i.last_seen, gone.last_seen),
                is_unhandled = i.is_unhandled OR gone.is_unhandled
            FROM (SELECT pair.into_id, sum(g.event_count) AS events, sum(g.expired_event_count) AS expired,
                         sum(g.comment_count) AS comments, min(g.first_seen) AS first_seen, max(g.last_seen) AS last_seen,
                         bool_or(g.is_unhandled) AS is_unhandled
                  FROM %s JOIN issues g ON g.id = pair.gone
                  GROUP BY pair.into_id) AS gone
            WHERE i.id = gone.into_id
            RETURNING\s""".formatted(PAIRS) + IssueNews.COLUMNS;

    private static final String DELETE =
            "DELETE FROM issues WHERE id = ANY (:gone) RETURNING event_count, " + IssueNews.COLUMNS;

    private IssueHandOver() {}

    /** An issue that is gone, as it was. */
    public record Gone(long id, String title, long events) {}

    /**
     * What was done.
     *
     * @param news tells of all issues that are gone, then of those that they went into
     * @param gone by the issue that they went into
     */
    public record HandedOver(List<IssueActivity> news, Map<Long, List<Gone>> gone) {
        public HandedOver {
            news = List.copyOf(news);
            gone = Map.copyOf(gone);
        }
    }

    /**
     * Does so with issues whose project the caller's transaction holds, and all of which it has locked.
     *
     * @param into by the issue that goes, the one that stays
     */
    public static HandedOver run(JdbcClient jdbc, Map<Long, Long> into, Cause cause, Author by) {
        List<Long> ids = into.keySet().stream().sorted().toList();
        Long[] gone = ids.toArray(Long[]::new);
        Long[] staying = ids.stream().map(into::get).toArray(Long[]::new);
        for (String statement : HAND_OVER) {
            jdbc.sql(statement).param("gone", gone).param("into", staying).update();
        }
        List<IssueActivity> changed = jdbc.sql(SUM_UP)
                .param("gone", gone)
                .param("into", staying)
                .query((row, _) -> IssueNews.of(row, IssueActivity.Kind.CHANGED, cause, by))
                .list();
        record Deleted(Gone issue, IssueActivity told) {}
        List<Deleted> deleted = jdbc.sql(DELETE)
                .param("gone", gone)
                .query((row, _) -> new Deleted(
                        new Gone(row.getLong("id"), row.getString("title"), row.getLong("event_count")),
                        IssueNews.of(row, IssueActivity.Kind.DELETED, cause, by)))
                .list();
        List<IssueActivity> news = new ArrayList<>();
        deleted.forEach(one -> news.add(one.told()));
        news.addAll(changed);
        return new HandedOver(
                news, deleted.stream().map(Deleted::issue).collect(groupingBy(one -> into.getOrDefault(one.id(), 0L))));
    }
}
