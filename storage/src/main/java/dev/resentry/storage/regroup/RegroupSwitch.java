package dev.resentry.storage.regroup;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueNews;
import dev.resentry.storage.merge.IssueHandOver;
import dev.resentry.storage.merge.IssueHandOver.HandedOver;
import dev.resentry.storage.regroup.RegroupPlan.Home;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carries a plan out, as far as it is about issues and hashes: new issues are made, hashes go to their homes, issues that keep nothing
 * go into others. Notes how all was. In a transaction that has the project alone.
 */
final class RegroupSwitch {
    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (:ids) ORDER BY id FOR UPDATE";

    /** Called as their latest events are by the new rules; counted later. */
    private static final String MAKE = """
            INSERT INTO issues (id, project_id, title, culprit, level, platform, event_count, first_seen, last_seen, error_type,
                                is_unhandled, created_at)
            SELECT new.id, :project, new.title, new.culprit, coalesce(e.level, 'error'), e.platform, 0,
                   coalesce(e.occurred_at, now()), coalesce(e.occurred_at, now()), e.error_type, false, now()
            FROM unnest(:ids::bigint[], :titles::text[], :culprits::text[], :events::uuid[], :at::timestamptz[])
                AS new(id, title, culprit, event_id, received_at)
            LEFT JOIN events e ON e.received_at = new.received_at AND e.project_id = :project AND e.event_id = new.event_id
            RETURNING\s""" + IssueNews.COLUMNS;

    /** What is noted is whose a hash was; given is what changes. */
    private static final String GIVE = """
            WITH given AS (
                SELECT decode(hash, 'hex') AS hash, issue_id FROM unnest(:hashes::text[], :issues::bigint[]) AS new(hash, issue_id)),
            noted AS (
                INSERT INTO regrouped_hashes (regroup_id, strategy, hash, issue_id)
                SELECT :id, :strategy, given.hash, h.issue_id
                FROM given
                LEFT JOIN issue_hashes h ON h.project_id = :project AND h.strategy = :strategy AND h.hash = given.hash
                WHERE h.issue_id IS DISTINCT FROM given.issue_id
                ON CONFLICT DO NOTHING)
            INSERT INTO issue_hashes AS h (project_id, strategy, hash, issue_id, created_at)
            SELECT :project, :strategy, hash, issue_id, now() FROM given ORDER BY hash
            ON CONFLICT (project_id, strategy, hash) DO UPDATE SET issue_id = excluded.issue_id
            WHERE h.issue_id <> excluded.issue_id
            """;

    private static final String NOTE_HASHES = """
            INSERT INTO regrouped_hashes (regroup_id, strategy, hash, issue_id)
            SELECT :id, strategy, hash, issue_id FROM issue_hashes WHERE issue_id = ANY (:gone)
            ON CONFLICT DO NOTHING
            """;

    private static final String NOTE_ISSUES = """
            INSERT INTO regrouped_issues (regroup_id, issue_id, into_issue, issue, activities, tickets, merged_from, rollups)
            SELECT :id, i.id, pair.into_id, to_jsonb(i),
                   ARRAY(SELECT a.id FROM issue_activities a WHERE a.issue_id = i.id ORDER BY a.id),
                   ARRAY(SELECT t.id FROM issue_tickets t WHERE t.issue_id = i.id ORDER BY t.id),
                   ARRAY(SELECT m.issue_id FROM merged_issues m WHERE m.into_issue = i.id ORDER BY m.issue_id),
                   CASE WHEN i.expired_event_count > 0 THEN %s END
            FROM unnest(:gone::bigint[], :into::bigint[]) AS pair(gone, into_id)
            JOIN issues i ON i.id = pair.gone
            """.formatted(KeptRollups.OF_ISSUE);

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final RegroupGroups groups;
    private final RegroupActivities activities;

    RegroupSwitch(JdbcTemplate template, RegroupGroups groups) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.groups = groups;
        this.activities = new RegroupActivities(template);
    }

    void run(LockedRegroup regroup, Author by) {
        RegroupPlan plan = groups.plan(regroup);
        lock(plan);
        List<IssueActivity> news = new ArrayList<>();
        Map<Home, Long> made = make(regroup, plan, by, news);
        groups.show(regroup, plan, made);
        give(regroup, plan, made);
        Map<Long, List<IssueHandOver.Gone>> gone = merge(regroup, plan.merged(), by, news);
        activities.applied(regroup, splits(plan, made), gone, by);
        IssueNews.tell(template, news);
    }

    private void lock(RegroupPlan plan) {
        TreeSet<Long> issues = new TreeSet<>();
        plan.groups().forEach(group -> issues.add(group.issue()));
        plan.homes().values().forEach(home -> {
            if (home instanceof Home.Existing(long issue)) {
                issues.add(issue);
            }
        });
        jdbc.sql(LOCK)
                .param("ids", issues.toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    private Map<Home, Long> make(LockedRegroup regroup, RegroupPlan plan, Author by, List<IssueActivity> news) {
        Map<Home, RegroupGroup> latest = new HashMap<>();
        for (RegroupGroup group : plan.groups()) {
            if (plan.homeOf(group) instanceof Home.New home) {
                latest.merge(home, group, (one, other) -> other.isLaterThan(one) ? other : one);
            }
        }
        if (latest.isEmpty()) {
            return Map.of();
        }
        List<Home> homes = List.copyOf(latest.keySet());
        List<Long> ids = jdbc.sql(
                        "SELECT nextval(pg_get_serial_sequence('issues', 'id')) FROM generate_series(1, :count)")
                .param("count", homes.size())
                .query((row, _) -> row.getLong(1))
                .list();
        List<RegroupGroup> called = homes.stream().map(latest::get).toList();
        news.addAll(jdbc.sql(MAKE)
                .param("project", regroup.project())
                .param("ids", ids.toArray(Long[]::new))
                .param("titles", called.stream().map(RegroupGroup::title).toArray(String[]::new))
                .param("culprits", called.stream().map(RegroupGroup::culprit).toArray(String[]::new))
                .param(
                        "events",
                        called.stream().map(group -> group.latest().toString()).toArray(String[]::new))
                .param(
                        "at",
                        called.stream()
                                .map(group -> group.latestAt().toString())
                                .toArray(String[]::new))
                .query((row, _) -> IssueNews.of(row, IssueActivity.Kind.NEW, Cause.REGROUP, by))
                .list());
        Map<Home, Long> made = new HashMap<>();
        for (int i = 0; i < homes.size(); i++) {
            made.put(homes.get(i), ids.get(i));
        }
        return made;
    }

    /** New hashes go to their homes; with them the hashes over all frames, each to that of the most events. */
    private void give(LockedRegroup regroup, RegroupPlan plan, Map<Home, Long> made) {
        Map<String, Long> given = new TreeMap<>();
        plan.groups().stream()
                .sorted((one, other) -> Long.compare(other.events(), one.events()))
                .forEach(group -> {
                    if (group.secondary() != null && !plan.homes().containsKey(group.secondary())) {
                        given.putIfAbsent(group.secondary(), id(plan.homeOf(group), made));
                    }
                });
        plan.homes().forEach((hash, home) -> given.put(hash, id(home, made)));
        jdbc.sql(GIVE)
                .param("id", regroup.id())
                .param("project", regroup.project())
                .param("strategy", regroup.strategy())
                .param("hashes", given.keySet().toArray(String[]::new))
                .param("issues", given.values().toArray(Long[]::new))
                .update();
    }

    private static long id(Home home, Map<Home, Long> made) {
        return switch (home) {
            case Home.Existing(long issue) -> issue;
            case Home.New _ -> {
                Long id = made.get(home);
                if (id == null) {
                    throw new IllegalStateException("no issue was made for " + home);
                }
                yield id;
            }
        };
    }

    private Map<Long, List<IssueHandOver.Gone>> merge(
            LockedRegroup regroup, Map<Long, Long> merged, Author by, List<IssueActivity> news) {
        if (merged.isEmpty()) {
            return Map.of();
        }
        List<Long> gone = List.copyOf(merged.keySet());
        jdbc.sql(NOTE_HASHES)
                .param("id", regroup.id())
                .param("gone", gone.toArray(Long[]::new))
                .update();
        jdbc.sql(NOTE_ISSUES)
                .param("id", regroup.id())
                .param("gone", gone.toArray(Long[]::new))
                .param("into", gone.stream().map(merged::get).toArray(Long[]::new))
                .update();
        HandedOver handedOver = IssueHandOver.run(jdbc, merged, Cause.REGROUP, by);
        news.addAll(handedOver.news());
        return handedOver.gone();
    }

    /** By the issue that new ones come from, those. */
    private static Map<Long, Collection<Long>> splits(RegroupPlan plan, Map<Home, Long> made) {
        Map<Long, Collection<Long>> splits = new TreeMap<>();
        for (RegroupGroup group : plan.groups()) {
            Long id = made.get(plan.homeOf(group));
            if (id != null) {
                splits.computeIfAbsent(group.issue(), _ -> new TreeSet<>()).add(id);
            }
        }
        return splits;
    }
}
