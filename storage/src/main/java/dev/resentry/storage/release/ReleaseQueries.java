package dev.resentry.storage.release;

import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads releases. What is counted of them comes from roll-ups. */
public final class ReleaseQueries {
    /** As {@code ReleaseOrder} has it: each half is an index read backwards, up to one that {@code %1$s} wants. */
    private static final String BEFORE = """
            SELECT b.id, b.version
            FROM (SELECT bool_and(newest.sort_key <> '') AS semver
                  FROM (SELECT n.sort_key FROM releases n WHERE n.project_id = r.project_id
                        ORDER BY n.date DESC, n.version COLLATE "C" DESC LIMIT 10) AS newest) AS project
            CROSS JOIN LATERAL (
                (SELECT b.id, b.version FROM releases b
                 WHERE project.semver AND b.project_id = r.project_id
                   AND (b.sort_key, b.date, b.version COLLATE "C") < (r.sort_key, r.date, r.version COLLATE "C") %1$s
                 ORDER BY b.sort_key DESC, b.date DESC, b.version COLLATE "C" DESC LIMIT 1)
                UNION ALL
                (SELECT b.id, b.version FROM releases b
                 WHERE NOT project.semver AND b.project_id = r.project_id
                   AND (b.date, b.version COLLATE "C") < (r.date, r.version COLLATE "C") %1$s
                 ORDER BY b.date DESC, b.version COLLATE "C" DESC LIMIT 1)) AS b
            """;

    private static final String PREVIOUS = BEFORE.formatted("");

    private static final String PREVIOUS_WITH_COMMITS = """
            SELECT * FROM releases WHERE id IN (
                SELECT before.id FROM releases r CROSS JOIN LATERAL (%s) AS before WHERE r.id = ANY (:ids))
            """.formatted(
                    BEFORE.formatted("AND (SELECT true FROM release_commits c WHERE c.release_id = b.id LIMIT 1)"));

    /** Counted for each release by its key: of {@code EXISTS} the planner might make one that reads whole tables. */
    private static final String IN_ENVIRONMENTS = """
            AND ((SELECT count(*) FROM issue_releases e WHERE e.project_id = r.project_id AND e.release = r.version
                                                          AND e.environment = ANY (:environments)) > 0
                 OR (SELECT count(*) FROM deployments d WHERE d.release_id = r.id AND d.environment = ANY (:environments)) > 0)
            """;

    /** How many events that lack source maps are counted of a release: enough to say that some do, and cheap for a page of releases. */
    public static final int MOST_MINIFIED = 100;

    /** The condition is one that the index of such events is made for. */
    private static final String MINIFIED = """
            SELECT count(*) FROM (
                SELECT FROM events m
                WHERE m.project_id = r.project_id AND coalesce(m.release, '') = r.version AND m.payload_kept AND m.needs_source_maps
                LIMIT %d) AS minified
            """.formatted(MOST_MINIFIED);

    private final JdbcClient jdbc;

    public ReleaseQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of those that a filter wants. */
    public Page<StoredRelease> list(ReleaseFilter filter, ReleaseSort sort, ReleasePosition behind, int limit) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        var chosen =
                new StringBuilder("SELECT r.* FROM releases r WHERE %s < %s ".formatted(sort.row(), sort.behind()));
        parameters.put("key", behind.sortKey());
        parameters.put("at", behind.at().atOffset(ZoneOffset.UTC));
        parameters.put("id", behind.id());
        if (!filter.projects().areAll()) {
            chosen.append("AND r.project_id = ANY (:projects) ");
            parameters.put("projects", filter.projects().parameter());
        }
        if (filter.text() != null) {
            chosen.append("AND strpos(lower(r.version), lower(:text)) > 0 ");
            parameters.put("text", filter.text());
        }
        if (filter.archived() != null) {
            chosen.append("AND r.archived = :archived ");
            parameters.put("archived", filter.archived());
        }
        if (filter.environments() != null) {
            chosen.append(IN_ENVIRONMENTS);
            parameters.put("environments", filter.environments().toArray(String[]::new));
        }
        chosen.append("ORDER BY ").append(sort.order()).append(" LIMIT :limit");
        parameters.put("limit", limit + 1);
        return Page.ofOneMore(
                jdbc.sql(details(chosen.toString(), sort, filter.environments()))
                        .params(parameters)
                        .query((row, _) -> release(row))
                        .list(),
                limit);
    }

    /**
     * The release of an id.
     *
     * @param environments in which its events are counted; null for all
     */
    public Optional<StoredRelease> find(long id, @Nullable Set<String> environments) {
        return one("SELECT r.* FROM releases r WHERE r.id = :id", Map.of("id", id), environments);
    }

    /** The release of a version, with the events of all environments. */
    public Optional<StoredRelease> findVersion(long projectId, String version) {
        return one(
                "SELECT r.* FROM releases r WHERE r.project_id = :project AND r.version = :version",
                Map.of("project", projectId, "version", version),
                null);
    }

    /** The releases of a version in the projects that are visible, with the events of all environments. */
    public List<StoredRelease> ofVersion(VisibleProjects visible, String version) {
        return jdbc.sql(details(
                        "SELECT r.* FROM projects of JOIN releases r ON r.project_id = of.id AND r.version = :version WHERE true"
                                + visible.and("of.id"),
                        ReleaseSort.DATE,
                        null))
                .param("version", version)
                .param("visible", visible.parameter())
                .query((row, _) -> release(row))
                .list();
    }

    /** Of each of some releases the last one before it that has commits, the newest first. */
    public List<StoredRelease> previousWithCommits(Collection<Long> releases) {
        return jdbc.sql(details(PREVIOUS_WITH_COMMITS, ReleaseSort.DATE, null))
                .param("ids", releases.toArray(Long[]::new))
                .query((row, _) -> release(row))
                .list();
    }

    private Optional<StoredRelease> one(String chosen, Map<String, ?> key, @Nullable Set<String> environments) {
        Map<String, @Nullable Object> parameters = new HashMap<>(key);
        if (environments != null) {
            parameters.put("environments", environments.toArray(String[]::new));
        }
        return jdbc.sql(details(chosen, ReleaseSort.DATE, environments))
                .params(parameters)
                .query((row, _) -> release(row))
                .optional();
    }

    /**
     * The statement for releases with all that is said of each.
     *
     * @param chosen a query of {@code releases}
     */
    private static String details(String chosen, ReleaseSort sort, @Nullable Set<String> environments) {
        String counted = environments == null ? "" : "AND e.environment = ANY (:environments)";
        // As lists of issues have it.
        String happened = environments == null
                ? ""
                : "AND EXISTS (SELECT FROM issue_hours h WHERE h.issue_id = i.id AND h.environment = ANY (:environments))";
        return """
            SELECT r.id, r.project_id, p.slug AS project_slug, p.name AS project_name, p.platform AS project_platform, r.version,
                   r.date, r.date_released, r.created_at, r.archived, r.ref, r.url, r.created_by, %2$s AS sort_key, %3$s AS sort_at,
                   counted.events, counted.first_at, counted.last_at,
                   (SELECT count(*) FROM issues i
                    WHERE i.project_id = r.project_id AND i.first_release = r.version %5$s) AS new_issues,
                   (SELECT count(DISTINCT a.issue_id) FROM issue_activities a
                    JOIN issues i ON i.id = a.issue_id AND i.event_count > 0
                    WHERE a.kind = 'regression' AND a.project_id = r.project_id AND a.data ->> 'release' = r.version) AS regressed,
                   (SELECT count(*) FROM release_commits c WHERE c.release_id = r.id) AS commits, (%8$s) AS minified,
                   before.id AS before_id, before.version AS before_version
            FROM (%1$s) AS r
            JOIN projects p ON p.id = r.project_id
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(e.events), 0)::bigint AS events, min(e.first_seen) AS first_at, max(e.last_seen) AS last_at
                FROM issue_releases e
                WHERE e.project_id = r.project_id AND e.release = r.version %4$s) AS counted
            LEFT JOIN LATERAL (%7$s) AS before ON true
            ORDER BY %6$s
            """.formatted(chosen, sort.key(), sort.time(), counted, happened, sort.order(), PREVIOUS, MINIFIED);
    }

    /** The commits of a release in the order in which they were given, behind a position. */
    public List<ReleaseCommit> commits(long releaseId, int behind, int limit) {
        return jdbc.sql("""
                        SELECT commit_id, repository, message, author_name, author_email, committed_at, files FROM release_commits
                        WHERE release_id = :release AND position > :behind
                        ORDER BY position
                        LIMIT :limit
                        """)
                .param("release", releaseId)
                .param("behind", behind)
                .param("limit", limit)
                .query((row, _) -> new ReleaseCommit(
                        row.getString("commit_id"),
                        row.getString("repository"),
                        row.getString("message"),
                        row.getString("author_name"),
                        row.getString("author_email"),
                        at(row, "committed_at"),
                        List.of((String[]) row.getArray("files").getArray())))
                .list();
    }

    /** The refs of a release, by repository. */
    public List<ReleaseRef> refs(long releaseId) {
        return jdbc.sql("""
                        SELECT repository, commit_id, previous_commit FROM release_refs WHERE release_id = :release ORDER BY repository
                        """)
                .param("release", releaseId)
                .query((row, _) -> new ReleaseRef(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private static StoredRelease release(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        Long previous = row.getObject("before_id", Long.class);
        Instant sortedAt = at(row, "sort_at");
        Instant date = at(row, "date");
        Instant createdAt = at(row, "created_at");
        if (date == null || createdAt == null || sortedAt == null) {
            throw new IllegalStateException("release %d has no date".formatted(id));
        }
        return new StoredRelease(
                id,
                new StoredRelease.Project(
                        row.getLong("project_id"),
                        row.getString("project_slug"),
                        row.getString("project_name"),
                        row.getString("project_platform")),
                row.getString("version"),
                date,
                at(row, "date_released"),
                createdAt,
                new StoredRelease.Seen(
                        row.getLong("events"),
                        at(row, "first_at"),
                        at(row, "last_at"),
                        row.getLong("new_issues"),
                        row.getLong("regressed"),
                        row.getInt("minified")),
                row.getBoolean("archived"),
                row.getString("ref"),
                row.getString("url"),
                row.getInt("commits"),
                row.getString("created_by"),
                previous == null ? null : new StoredRelease.Neighbour(previous, row.getString("before_version")),
                new ReleasePosition(row.getString("sort_key"), sortedAt, id));
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
