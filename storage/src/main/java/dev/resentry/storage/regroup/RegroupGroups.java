package dev.resentry.storage.regroup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.regroup.EventPage.Regrouped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many events of which issue would get which hash. */
final class RegroupGroups {
    /** With more of them no plan is made: they are read at once, and nobody looks through so many issues. */
    static final int MOST = 100_000;

    static final String TOO_MANY =
            "the events have more than %d pairs of an issue and a new hash (expected: rules that group more, or fewer days)"
                    .formatted(MOST);

    private static final String ADD = """
            INSERT INTO regroup_groups AS t (regroup_id, issue_id, strategy, hash, new_hash, secondary_hash, events, latest_received_at,
                                             latest_event_id, title, culprit)
            SELECT ?::bigint, issue_id, strategy, hash, new_hash, secondary_hash, events, %s, latest_event_id, title, culprit
            FROM unnest(?::bigint[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bigint[], ?::bigint[], ?::uuid[], ?::text[],
                        ?::text[])
                AS new(issue_id, strategy, hash, new_hash, secondary_hash, events, received_at, latest_event_id, title, culprit)
            ON CONFLICT (regroup_id, issue_id, strategy, hash, new_hash) DO UPDATE
            SET events = t.events + excluded.events,
                secondary_hash = CASE WHEN %2$s THEN excluded.secondary_hash ELSE t.secondary_hash END,
                title = CASE WHEN %2$s THEN excluded.title ELSE t.title END,
                culprit = CASE WHEN %2$s THEN excluded.culprit ELSE t.culprit END,
                latest_event_id = CASE WHEN %2$s THEN excluded.latest_event_id ELSE t.latest_event_id END,
                latest_received_at = greatest(t.latest_received_at, excluded.latest_received_at)
            RETURNING xmax = 0 AS is_new
            """.replace("%s", instant("received_at")).replace(
            "%2$s",
            "(excluded.latest_received_at, excluded.latest_event_id) > (t.latest_received_at, t.latest_event_id)");

    /**
     * With the issue that their hash belongs to now, be it that people have merged it or taken it apart since; without those whose
     * issue was deleted.
     */
    private static final String READ = """
            SELECT coalesce(h.issue_id, i.id, m.into_issue) AS issue, g.strategy, encode(g.hash, 'hex') AS hash,
                   encode(g.new_hash, 'hex') AS new_hash, encode(g.secondary_hash, 'hex') AS secondary, g.events, g.latest_received_at,
                   g.latest_event_id, g.title, g.culprit
            FROM regroup_groups g
            LEFT JOIN issues i ON i.id = g.issue_id
            LEFT JOIN merged_issues m ON m.issue_id = g.issue_id
            LEFT JOIN issue_hashes h ON h.project_id = :project AND h.strategy = g.strategy AND h.hash = g.hash
            WHERE g.regroup_id = :id AND (i.id IS NOT NULL OR m.into_issue IS NOT NULL)
            """;

    private static final String OWNERS = """
            SELECT encode(h.hash, 'hex'), h.issue_id
            FROM (SELECT DISTINCT new_hash FROM regroup_groups WHERE regroup_id = :id) AS g
            JOIN issue_hashes h ON h.project_id = :project AND h.strategy = :strategy AND h.hash = g.new_hash
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    RegroupGroups(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    private record Key(long issue, String strategy, String hash, String newHash) {}

    /** Adds the events of a page; how many groups there are then. */
    int add(LockedRegroup regroup, List<Regrouped> events) {
        Map<Key, RegroupGroup> groups = new HashMap<>();
        for (Regrouped event : events) {
            RegroupGroup one = group(event);
            groups.merge(new Key(one.issue(), one.strategy(), one.hash(), one.newHash()), one, RegroupGroups::sum);
        }
        int added = template.execute((ConnectionCallback<Integer>)
                connection -> add(connection, regroup.id(), List.copyOf(groups.values())));
        return jdbc.sql("""
                        UPDATE regroups SET group_count = group_count + :added, events = events + :events WHERE id = :id
                        RETURNING group_count
                        """)
                .param("added", added)
                .param("events", events.size())
                .param("id", regroup.id())
                .query(Integer.class)
                .single();
    }

    private static RegroupGroup group(Regrouped event) {
        return new RegroupGroup(
                event.issue(),
                event.strategy(),
                event.hash(),
                event.grouped().hash(),
                event.grouped().secondary(),
                1,
                event.place().receivedAt().toInstant(),
                new EventId(event.place().eventId()),
                event.grouped().title(),
                event.grouped().culprit());
    }

    private static RegroupGroup sum(RegroupGroup one, RegroupGroup other) {
        RegroupGroup latest = other.isLaterThan(one) ? other : one;
        return new RegroupGroup(
                latest.issue(),
                latest.strategy(),
                latest.hash(),
                latest.newHash(),
                latest.secondary(),
                one.events() + other.events(),
                latest.latestAt(),
                latest.latest(),
                latest.title(),
                latest.culprit());
    }

    private static int add(Connection connection, long regroup, List<RegroupGroup> groups) throws SQLException {
        var rows = new ColumnArrays<>(connection, groups);
        HexFormat hex = HexFormat.of();
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setLong(1, regroup);
            insert.setArray(2, rows.longs(RegroupGroup::issue));
            insert.setArray(3, rows.texts(RegroupGroup::strategy));
            insert.setArray(4, rows.bytes(group -> hex.parseHex(group.hash())));
            insert.setArray(5, rows.bytes(group -> hex.parseHex(group.newHash())));
            insert.setArray(6, rows.bytes(group -> group.secondary() == null ? null : hex.parseHex(group.secondary())));
            insert.setArray(7, rows.longs(RegroupGroup::events));
            insert.setArray(8, rows.micros(RegroupGroup::latestAt));
            insert.setArray(9, rows.uuids(group -> group.latest().value()));
            insert.setArray(10, rows.texts(RegroupGroup::title));
            insert.setArray(11, rows.texts(RegroupGroup::culprit));
            int added = 0;
            try (ResultSet returned = insert.executeQuery()) {
                while (returned.next()) {
                    added += returned.getBoolean(1) ? 1 : 0;
                }
            }
            return added;
        }
    }

    /** What becomes of all that was added. */
    RegroupPlan plan(LockedRegroup regroup) {
        List<RegroupGroup> groups = jdbc.sql(READ)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .query((row, _) -> new RegroupGroup(
                        row.getLong("issue"),
                        row.getString("strategy"),
                        row.getString("hash"),
                        row.getString("new_hash"),
                        row.getString("secondary"),
                        row.getLong("events"),
                        row.getObject("latest_received_at", OffsetDateTime.class)
                                .toInstant(),
                        new EventId(row.getObject("latest_event_id", UUID.class)),
                        row.getString("title"),
                        row.getString("culprit")))
                .list();
        Map<String, Long> owners = new HashMap<>();
        jdbc.sql(OWNERS)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("strategy", regroup.strategy())
                .query((ResultSet row) -> {
                    owners.put(row.getString(1), row.getLong(2));
                });
        return RegroupPlan.of(groups, owners, regroup.cause());
    }

    /** Notes what becomes of issues, as people are shown it. */
    void show(LockedRegroup regroup, RegroupPlan plan, Map<RegroupPlan.Home, Long> made) {
        List<RegroupChange> changes = new RegroupChanges(plan, titles(plan), made).all();
        jdbc.sql("DELETE FROM regroup_changes WHERE regroup_id = :id")
                .param("id", regroup.id())
                .update();
        template.execute((ConnectionCallback<Boolean>) connection -> {
            RegroupChangeRows.insert(connection, regroup.id(), changes);
            return true;
        });
        Regroup.Sums sums = plan.sums();
        jdbc.sql("""
                        UPDATE regroups SET issues_before = :before, issues_after = :after, merged = :merged, split = :split
                        WHERE id = :id
                        """)
                .param("before", sums.issuesBefore())
                .param("after", sums.issuesAfter())
                .param("merged", sums.merged())
                .param("split", sums.split())
                .param("id", regroup.id())
                .update();
    }

    private Map<Long, String> titles(RegroupPlan plan) {
        List<Long> issues = new ArrayList<>();
        plan.groups().forEach(group -> issues.add(group.issue()));
        plan.homes().values().forEach(home -> {
            if (home instanceof RegroupPlan.Home.Existing(long issue)) {
                issues.add(issue);
            }
        });
        Map<Long, String> titles = new HashMap<>();
        jdbc.sql("SELECT id, title FROM issues WHERE id = ANY (:issues)")
                .param("issues", issues.stream().distinct().toArray(Long[]::new))
                .query((ResultSet row) -> {
                    titles.put(row.getLong(1), row.getString(2));
                });
        return titles;
    }
}
