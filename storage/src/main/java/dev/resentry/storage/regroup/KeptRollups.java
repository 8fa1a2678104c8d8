package dev.resentry.storage.regroup;

import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What counts an issue's expired events, which cannot be counted again: kept with the issue while it is gone. */
final class KeptRollups {
    private static final List<String> TABLES =
            List.of("issue_hours", "issue_users", "issue_tags", "issue_tag_keys", "issue_releases");

    /** All rows of the issue {@code i}, by their table. */
    static final String OF_ISSUE = "jsonb_build_object("
            + String.join(
                    ", ",
                    TABLES.stream()
                            .map(
                                    "'%1$s', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM %1$s r WHERE r.issue_id = i.id)"
                                            ::formatted)
                            .toList())
            + ")";

    /** Sets of users are not taken apart: whom only the other issue had seen stays in the hours of expired events. */
    private static final String TAKE_HOURS = """
            UPDATE issue_hours t SET events = t.events - gone.events
            FROM (SELECT coalesce(m.into_issue, k.into_issue) AS issue_id, r.hour, r.environment, r.level, sum(r.events) AS events
                  FROM regrouped_issues k
                  LEFT JOIN merged_issues m ON m.issue_id = k.into_issue
                  CROSS JOIN LATERAL jsonb_populate_recordset(NULL::issue_hours, k.rollups -> 'issue_hours') AS r
                  WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND k.moved AND k.rollups IS NOT NULL
                  GROUP BY 1, 2, 3, 4) AS gone
            WHERE t.issue_id = gone.issue_id AND t.hour = gone.hour AND t.environment = gone.environment AND t.level = gone.level
              AND t.hour < :complete
            """;

    /** The same of releases: their other events are counted again. */
    private static final String TAKE_RELEASES = """
            UPDATE issue_releases t SET events = t.events - gone.events, expired_events = t.expired_events - gone.events
            FROM (SELECT coalesce(m.into_issue, k.into_issue) AS issue_id, r.release, r.environment, sum(r.expired_events) AS events
                  FROM regrouped_issues k
                  LEFT JOIN merged_issues m ON m.issue_id = k.into_issue
                  CROSS JOIN LATERAL jsonb_populate_recordset(NULL::issue_releases, k.rollups -> 'issue_releases') AS r
                  WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND k.moved AND k.rollups IS NOT NULL
                  GROUP BY 1, 2, 3) AS gone
            WHERE t.issue_id = gone.issue_id AND t.release = gone.release AND t.environment = gone.environment
              AND t.expired_events >= gone.events AND gone.events > 0
            """;

    private KeptRollups() {}

    /** Gives issues that are there again what counted them, and takes it from those that had it meanwhile. */
    static void restore(JdbcClient jdbc, long regroup, OffsetDateTime completeFrom) {
        for (String table : TABLES) {
            jdbc.sql("""
                            INSERT INTO %1$s
                            SELECT r.* FROM regrouped_issues k
                            CROSS JOIN LATERAL jsonb_populate_recordset(NULL::%1$s, k.rollups -> '%1$s') AS r
                            WHERE k.regroup_id = :id AND k.into_issue IS NOT NULL AND k.rollups IS NOT NULL
                              AND EXISTS (SELECT FROM issues i WHERE i.id = k.issue_id)
                            ON CONFLICT DO NOTHING
                            """.formatted(table)).param("id", regroup).update();
        }
        jdbc.sql(TAKE_HOURS)
                .param("id", regroup)
                .param("complete", completeFrom)
                .update();
        jdbc.sql(TAKE_RELEASES).param("id", regroup).update();
        jdbc.sql("""
                        DELETE FROM issue_hours t USING regrouped_issues k
                        WHERE k.regroup_id = :id AND t.issue_id = k.into_issue AND t.events <= 0
                        """).param("id", regroup).update();
    }
}
