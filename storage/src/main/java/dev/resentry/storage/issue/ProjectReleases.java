package dev.resentry.storage.issue;

import dev.resentry.model.issue.state.Resolution;
import dev.resentry.model.release.DatedRelease;
import dev.resentry.model.release.ReleaseOrder;
import java.sql.Connection;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which of some releases of some projects is the newer one. */
public final class ProjectReleases {
    private static final String NEWEST = """
            SELECT p.id AS project_id, r.version, r.date
            FROM unnest(:projects::bigint[]) AS p(id)
            CROSS JOIN LATERAL (
                SELECT version, date FROM releases WHERE project_id = p.id ORDER BY date DESC, version DESC LIMIT :newest) AS r
            """;

    private static final String GREATEST = """
            SELECT p.id, r.version
            FROM unnest(:projects::bigint[]) AS p(id)
            CROSS JOIN LATERAL (
                SELECT version FROM releases WHERE project_id = p.id ORDER BY sort_key DESC, date DESC, version DESC LIMIT 1) AS r
            """;

    private static final String MENTIONED = """
            SELECT r.project_id, r.version, r.date
            FROM unnest(:projects::bigint[], :versions::text[]) AS wanted(project_id, version)
            JOIN releases r USING (project_id, version)
            """;

    private static final String WITH_COMMIT = """
            SELECT r.project_id, r.version FROM %s WHERE r.project_id = ANY (:projects)
            """.formatted(withCommit(":commit", ":repository"));

    private final Map<Long, ReleaseOrder> orders = new HashMap<>();
    private final Map<Long, Map<String, DatedRelease>> known = new HashMap<>();
    private final Instant now;

    private ProjectReleases(Instant now) {
        this.now = now;
    }

    private record Row(long project, DatedRelease release) {}

    /** Reads what orders these releases, by project. */
    public static ProjectReleases read(Connection connection, Map<Long, Set<String>> mentioned, Instant now) {
        var releases = new ProjectReleases(now);
        if (mentioned.isEmpty()) {
            return releases;
        }
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        Map<Long, List<DatedRelease>> newest = newest(jdbc, mentioned.keySet());
        mentioned
                .keySet()
                .forEach(project ->
                        releases.orders.put(project, ReleaseOrder.of(newest.getOrDefault(project, List.of()))));
        record Mention(long project, String version) {}
        List<Mention> mentions = mentioned.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(version -> new Mention(entry.getKey(), version)))
                .toList();
        jdbc.sql(MENTIONED)
                .param("projects", mentions.stream().map(Mention::project).toArray(Long[]::new))
                .param("versions", mentions.stream().map(Mention::version).toArray(String[]::new))
                .query((row, _) -> row(row.getLong(1), row.getString(2), row.getObject(3, OffsetDateTime.class)))
                .list()
                .forEach(row -> releases.known
                        .computeIfAbsent(row.project(), _ -> new HashMap<>())
                        .put(row.release().version().raw(), row.release()));
        return releases;
    }

    /** The newest release of each of these projects that has one; where versions order, however many older ones came since. */
    public static Map<Long, String> newest(Connection connection, Collection<Long> projects) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        Map<Long, String> newest = new HashMap<>();
        List<Long> byVersion = new ArrayList<>();
        newest(jdbc, projects).forEach((project, releases) -> {
            if (ReleaseOrder.of(releases) == ReleaseOrder.SEMVER) {
                byVersion.add(project);
            } else {
                newest.put(
                        project,
                        Collections.max(releases, ReleaseOrder.DATE).version().raw());
            }
        });
        jdbc.sql(GREATEST).param("projects", byVersion.toArray(Long[]::new)).query(row -> {
            newest.put(row.getLong(1), row.getString(2));
        });
        return newest;
    }

    /**
     * SQL of the releases {@code r} that have a commit, as one of theirs or as a ref. A commit of which nobody said the
     * repository is of any.
     *
     * @param commit SQL of its id
     * @param repository SQL of its repository; null of any
     */
    public static String withCommit(String commit, String repository) {
        return """
                (SELECT release_id, repository FROM release_commits WHERE commit_id = %1$s
                 UNION
                 SELECT release_id, repository FROM release_refs WHERE commit_id = %1$s) AS had
                JOIN releases r ON r.id = had.release_id AND coalesce(had.repository = %2$s, true)
                """.formatted(commit, repository);
    }

    /**
     * The first release that has a commit, of each of these projects that has one.
     *
     * @param repository null for any
     */
    public static Map<Long, String> firstWith(
            Connection connection, String commit, @Nullable String repository, Collection<Long> projects, Instant now) {
        Map<Long, Set<String>> having = new HashMap<>();
        JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql(WITH_COMMIT)
                .param("commit", commit)
                .param("repository", repository, Types.VARCHAR)
                .param("projects", projects.toArray(Long[]::new))
                .query(row -> {
                    having.computeIfAbsent(row.getLong(1), _ -> new HashSet<>()).add(row.getString(2));
                });
        ProjectReleases releases = read(connection, having, now);
        Map<Long, String> first = new HashMap<>();
        having.forEach((project, versions) -> first.put(project, Collections.min(versions, releases.order(project))));
        return first;
    }

    private static Map<Long, List<DatedRelease>> newest(JdbcClient jdbc, Collection<Long> projects) {
        Map<Long, List<DatedRelease>> newest = new HashMap<>();
        jdbc.sql(NEWEST)
                .param("projects", projects.toArray(Long[]::new))
                .param("newest", ReleaseOrder.DECIDING_RELEASES)
                .query((row, _) -> row(row.getLong(1), row.getString(2), row.getObject(3, OffsetDateTime.class)))
                .list()
                .forEach(row -> newest.computeIfAbsent(row.project(), _ -> new ArrayList<>())
                        .add(row.release()));
        return newest;
    }

    private static Row row(long project, String version, OffsetDateTime date) {
        return new Row(project, DatedRelease.of(version, date.toInstant()));
    }

    /** Orders the releases of a project by their versions; one that nobody has heard of yet is of now. */
    public Comparator<String> order(long project) {
        ReleaseOrder order = orders.getOrDefault(project, ReleaseOrder.DATE);
        Map<String, DatedRelease> releases = known.getOrDefault(project, Map.of());
        return Comparator.comparing(
                version -> {
                    DatedRelease release = releases.get(version);
                    return release == null ? DatedRelease.of(version, now) : release;
                },
                order);
    }

    /** The release that a resolution speaks of. */
    public static Optional<String> versionOf(Resolution resolution) {
        @Nullable
        String version = switch (resolution) {
            case Resolution.InRelease(String named) -> named;
            case Resolution.InNextRelease(String current) -> current;
            case Resolution.InCommit _, Resolution.Everywhere(), Resolution.ByAge() -> null;
        };
        return Optional.ofNullable(version);
    }
}
