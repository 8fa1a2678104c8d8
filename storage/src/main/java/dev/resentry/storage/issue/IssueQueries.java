package dev.resentry.storage.issue;

import dev.resentry.model.issue.state.Priority;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.search.SearchCondition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads issues. */
public final class IssueQueries {
    private static final String COLUMNS = """
            i.id, i.project_id, p.slug AS project_slug, p.name AS project_name, p.platform AS project_platform, i.title,
            i.error_type, i.culprit, i.level, i.platform, i.status, i.substatus,
            i.status_at, i.state_details::text AS state_details, i.priority, i.is_unhandled, i.event_count, i.users_affected,
            i.first_seen, i.last_seen, i.first_release, i.last_release, i.comment_count, u.id AS assignee_id,
            u.name AS assignee_name, u.email AS assignee_email
            """;

    private static final String SHOWN = """
            JOIN projects p ON p.id = i.project_id
            LEFT JOIN users u ON u.id = i.assignee_id
            """;

    private static final String TABLES = "FROM issues i " + SHOWN;

    private final JdbcClient jdbc;

    public IssueQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of those that a filter wants. */
    public Page<ListedIssue> list(IssueFilter filter, IssueSort sort, IssuePosition behind, int limit) {
        IssueConditions conditions = IssueConditions.of(filter);
        boolean inWindow = sort == IssueSort.EVENTS && filter.window() != null;
        String value = inWindow ? "counted.events" : sort.column();
        conditions.add("(%s, i.id) < (:value, :id)".formatted(value));
        conditions.put("value", sort.isTime() ? time(behind.value()) : behind.value());
        conditions.put("id", behind.id());
        conditions.put("limit", limit + 1);
        String sql = inWindow
                ? page(byEventsInWindow(filter, conditions))
                : page("SELECT i.id, %1$s AS sort_value FROM issues i %2$s ORDER BY %1$s DESC, i.id DESC LIMIT :limit"
                        .formatted(value, conditions.sql()));
        return Page.ofOneMore(
                jdbc.sql(sql)
                        .params(conditions.parameters())
                        .query((row, _) -> new ListedIssue(
                                issue(row),
                                new IssuePosition(
                                        sort.isTime() ? micros(at(row, "sort_value")) : row.getLong("sort_value"),
                                        row.getLong("id"))))
                        .list(),
                limit);
    }

    /** What is counted comes first: the issues with events in the window are looked up by their keys. */
    private static String byEventsInWindow(IssueFilter filter, IssueConditions conditions) {
        return """
            WITH counted AS (
                SELECT h.issue_id, sum(h.events)::bigint AS events
                FROM issue_hours h
                WHERE h.project_id IN (%s) %s
                GROUP BY h.issue_id)
            SELECT i.id, counted.events AS sort_value
            FROM counted
            JOIN issues i ON i.id = counted.issue_id
            %s
            ORDER BY counted.events DESC, i.id DESC
            LIMIT :limit
            """.formatted(
                        filter.projects().areAll() ? "SELECT id FROM projects" : "SELECT unnest(:projects::bigint[])",
                        conditions.hours(filter),
                        conditions.sql());
    }

    /** What is shown is looked up for the few issues of a page alone. */
    private static String page(String issues) {
        return """
            WITH page AS MATERIALIZED (%s)
            SELECT %s, page.sort_value
            FROM page
            CROSS JOIN LATERAL (SELECT * FROM issues WHERE id = page.id OFFSET 0) AS i
            %s
            ORDER BY page.sort_value DESC, i.id DESC
            """.formatted(issues, COLUMNS, SHOWN);
    }

    /** How many issues a filter wants; empty if more than {@code atMost}. */
    public OptionalLong count(IssueFilter filter, int atMost) {
        IssueConditions conditions = IssueConditions.of(filter);
        conditions.put("limit", atMost + 1);
        conditions.put(SearchCondition.ONE_BY_ONE, false);
        // All together are read from an index alone; others by one that leads past few that are not wanted.
        String order = filter.equals(IssueFilter.ALL) ? "" : "ORDER BY i.last_seen DESC, i.id DESC";
        long count = jdbc.sql("SELECT count(*) FROM (SELECT FROM issues i %s %s LIMIT :limit) AS wanted"
                        .formatted(conditions.sql(), order))
                .params(conditions.parameters())
                .query(Long.class)
                .single();
        return count > atMost ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** The ids of those that a filter wants, in their order; at most {@code limit}. */
    public List<Long> ids(IssueFilter filter, int limit) {
        IssueConditions conditions = IssueConditions.of(filter);
        conditions.put("limit", limit);
        conditions.put(SearchCondition.ONE_BY_ONE, false);
        return jdbc.sql("SELECT i.id FROM issues i %s ORDER BY i.id LIMIT :limit".formatted(conditions.sql()))
                .params(conditions.parameters())
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** The issues among these that are of some projects, by the id of their project. */
    public SortedMap<Long, List<Long>> byProject(Collection<Long> ids, VisibleProjects projects) {
        SortedMap<Long, List<Long>> found = new TreeMap<>();
        jdbc.sql("SELECT project_id, id FROM issues WHERE id = ANY (:ids) %s ORDER BY project_id, id"
                        .formatted(projects.and("project_id")))
                .param("ids", ids.toArray(Long[]::new))
                .param("visible", projects.parameter())
                .query(row -> {
                    found.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(row.getLong(2));
                });
        return found;
    }

    /** The issue of an id, or the one that it was merged into. */
    public Optional<StoredIssue> find(long id) {
        return jdbc.sql("""
                        SELECT %s %s
                        WHERE i.id = coalesce((SELECT into_issue FROM merged_issues WHERE issue_id = :id), :id)
                        """.formatted(COLUMNS, TABLES))
                .param("id", id)
                .query((row, _) -> issue(row))
                .optional();
    }

    /** The issues among these that there are, in no order. */
    public List<StoredIssue> all(Collection<Long> ids) {
        return jdbc.sql("SELECT %s %s WHERE i.id = ANY (:ids)".formatted(COLUMNS, TABLES))
                .param("ids", ids.toArray(Long[]::new))
                .query((row, _) -> issue(row))
                .list();
    }

    /** The environments in which the issue happened, by name; that of events without one is left out. */
    public List<String> environments(long id) {
        return jdbc.sql(
                        "SELECT value FROM issue_tags WHERE issue_id = :id AND key = 'environment' AND value <> '' ORDER BY 1")
                .param("id", id)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static StoredIssue issue(ResultSet row) throws SQLException {
        Long assignee = row.getObject("assignee_id", Long.class);
        return new StoredIssue(
                row.getLong("id"),
                new StoredIssue.Project(
                        row.getLong("project_id"),
                        row.getString("project_slug"),
                        row.getString("project_name"),
                        row.getString("project_platform")),
                row.getString("title"),
                row.getString("error_type"),
                row.getString("culprit"),
                row.getString("level"),
                row.getString("platform"),
                IssueStateColumns.read(row),
                priority(row),
                row.getBoolean("is_unhandled"),
                row.getLong("event_count"),
                row.getLong("users_affected"),
                at(row, "first_seen"),
                at(row, "last_seen"),
                row.getString("first_release"),
                row.getString("last_release"),
                row.getInt("comment_count"),
                assignee == null
                        ? null
                        : new StoredIssue.Assignee(
                                assignee, row.getString("assignee_name"), row.getString("assignee_email")));
    }

    private static Priority priority(ResultSet row) throws SQLException {
        String said = row.getString("priority");
        return Optional.ofNullable(said)
                .flatMap(Priority::of)
                .orElse(Priority.ofLevel(row.getString("level"), row.getBoolean("is_unhandled")));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
