package dev.resentry.storage.regroup;

import dev.resentry.storage.regroup.EventPage.Regrouped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The events that a regroup by source maps goes through: all of the issues with one that source maps fit, as a plan is made of whole
 * issues. Issue by issue, so that the rest of the project costs nothing.
 */
final class RepairedEvents {
    /** Which events of {@code e} want source maps; that of an index. */
    static final String WANTING =
            "e.payload_kept AND (e.needs_source_maps OR (e.needs_source_maps IS NULL AND e.platform IN ('javascript', 'node')))";

    private static final String FIND = """
            INSERT INTO repaired_issues (regroup_id, issue_id)
            SELECT DISTINCT r.id, e.issue_id
            FROM regroups r
            JOIN events e ON e.project_id = r.project_id AND coalesce(e.release, '') = ANY (r.releases)
            WHERE r.id = :id AND e.project_id = :project AND e.received_at >= :from AND %s
            ON CONFLICT DO NOTHING
            """.formatted(WANTING);

    /** What has come since the source maps did may have made issues of its own, which the plan has to know. */
    private static final String ADD_OWNERS = """
            INSERT INTO repaired_issues (regroup_id, issue_id)
            SELECT DISTINCT :id, h.issue_id
            FROM regroup_groups g
            JOIN issue_hashes h ON h.project_id = :project AND h.strategy = :strategy AND h.hash = g.new_hash
            WHERE g.regroup_id = :id
            ON CONFLICT DO NOTHING
            """;

    private static final String ADD_MERGED = """
            INSERT INTO repaired_issues (regroup_id, issue_id)
            SELECT DISTINCT :id, m.into_issue
            FROM repaired_issues r JOIN merged_issues m ON m.issue_id = r.issue_id
            WHERE r.regroup_id = :id
            ON CONFLICT DO NOTHING
            """;

    private static final String ESTIMATE = """
            UPDATE regroups SET total = (
                SELECT coalesce(sum(i.event_count), 0) FROM repaired_issues r JOIN issues i ON i.id = r.issue_id WHERE r.regroup_id = :id)
            WHERE id = :id
            """;

    /** Which hashes the plan knows of an issue, and of those that people have merged into it since. */
    private static final String PLANNED = """
            SELECT strategy, encode(hash, 'hex') AS hash, encode(new_hash, 'hex') AS new_hash
            FROM regroup_groups
            WHERE regroup_id = :id AND hash = ANY (:hashes)
              AND issue_id IN (SELECT :issue UNION ALL SELECT m.issue_id FROM merged_issues m WHERE m.into_issue = :issue)
            """;

    private final JdbcClient jdbc;

    RepairedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the events are gone through for. */
    enum Pass {
        READ,
        MOVE;

        private String done() {
            return this == READ ? "is_read" : "is_moved";
        }
    }

    private record Planned(String strategy, String hash, String newHash) {}

    /** Finds the issues. */
    void find(LockedRegroup regroup) {
        jdbc.sql(FIND)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("from", from(regroup))
                .update();
        estimate(regroup);
    }

    /** The next events, none if an issue has no more; empty if no issue is left. */
    Optional<EventPage> next(LockedRegroup regroup, Pass pass, EventGrouping grouping) {
        Optional<Long> issue = jdbc.sql("""
                        SELECT issue_id FROM repaired_issues WHERE regroup_id = :id AND NOT %s ORDER BY issue_id LIMIT 1
                        """.formatted(pass.done()))
                .param("id", regroup.id())
                .query(Long.class)
                .optional();
        return issue.map(id -> {
            EventPage found = EventPage.nextOf(jdbc, regroup, id, from(regroup), grouping);
            EventPage page = pass == Pass.MOVE ? planned(regroup, id, found) : found;
            if (page.last() == null) {
                jdbc.sql("UPDATE repaired_issues SET %s = true WHERE regroup_id = :id AND issue_id = :issue"
                                .formatted(pass.done()))
                        .param("id", regroup.id())
                        .param("issue", id)
                        .update();
                regroup.fromNewest(jdbc);
            } else {
                jdbc.sql("UPDATE regroups SET readable_events = readable_events + :readable WHERE id = :id")
                        .param("readable", readable(page))
                        .param("id", regroup.id())
                        .update();
                regroup.passed(jdbc, page.last(), page.looked());
            }
            return page;
        });
    }

    /** Leaves out what has become readable since it was read: no plan says where that belongs, and its upload waits. */
    private EventPage planned(LockedRegroup regroup, long issue, EventPage page) {
        if (page.events().isEmpty()) {
            return page;
        }
        Set<Planned> planned = Set.copyOf(jdbc.sql(PLANNED)
                .param("id", regroup.id())
                .param("issue", issue)
                .param(
                        "hashes",
                        page.events().stream()
                                .map(Regrouped::hash)
                                .distinct()
                                .map(HexFormat.of()::parseHex)
                                .toArray(byte[][]::new))
                .query((row, _) ->
                        new Planned(row.getString("strategy"), row.getString("hash"), row.getString("new_hash")))
                .list());
        return new EventPage(
                page.events().stream()
                        .filter(event -> !isReadable(event)
                                || planned.contains(new Planned(
                                        event.strategy(),
                                        event.hash(),
                                        event.grouped().hash())))
                        .toList(),
                page.looked(),
                page.last());
    }

    private static boolean isReadable(Regrouped event) {
        EventGrouping.ReadablePayload readable = event.grouped().readable();
        return readable != null && readable.payloadJson() != null;
    }

    private static long readable(EventPage page) {
        return page.events().stream().filter(RepairedEvents::isReadable).count();
    }

    /** Adds the issues that own new hashes already; false if all are there. */
    boolean addOwners(LockedRegroup regroup) {
        int added = jdbc.sql(ADD_OWNERS)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("strategy", regroup.strategy())
                .update();
        estimate(regroup);
        return added > 0;
    }

    /** Adds the issues into which people have merged others meanwhile. */
    void addMerged(LockedRegroup regroup) {
        jdbc.sql(ADD_MERGED).param("id", regroup.id()).update();
    }

    /** Whether source maps change any event that was read. */
    boolean areReadable(LockedRegroup regroup) {
        return jdbc.sql("SELECT readable_events > 0 FROM regroups WHERE id = :id")
                .param("id", regroup.id())
                .query(Boolean.class)
                .single();
    }

    /** Has all be read again, by the rules that the project has now. */
    void readAgain(LockedRegroup regroup, Regroup.Rules rules) {
        jdbc.sql("DELETE FROM regroup_groups WHERE regroup_id = :id")
                .param("id", regroup.id())
                .update();
        jdbc.sql("UPDATE repaired_issues SET is_read = false WHERE regroup_id = :id")
                .param("id", regroup.id())
                .update();
        jdbc.sql("""
                        UPDATE regroups
                        SET fingerprint_rules = :fingerprints, former_fingerprint_rules = :fingerprints, stacktrace_rules = :stacks,
                            former_stacktrace_rules = :stacks, group_count = 0, events = 0, readable_events = 0, done = 0
                        WHERE id = :id
                        """)
                .param("fingerprints", rules.fingerprints())
                .param("stacks", rules.stacktraces())
                .param("id", regroup.id())
                .update();
        regroup.begin(jdbc, RegroupPhase.READ);
    }

    /** Forgets a regroup that would change nothing. */
    void drop(LockedRegroup regroup) {
        jdbc.sql("DELETE FROM regroups WHERE id = :id")
                .param("id", regroup.id())
                .update();
    }

    private void estimate(LockedRegroup regroup) {
        jdbc.sql(ESTIMATE).param("id", regroup.id()).update();
    }

    private static OffsetDateTime from(LockedRegroup regroup) {
        return regroup.from().atOffset(ZoneOffset.UTC);
    }
}
