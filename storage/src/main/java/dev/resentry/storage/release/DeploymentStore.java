package dev.resentry.storage.release;

import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.Page;
import dev.resentry.storage.outbox.EventsOutbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deployments: recorded by people and programs, and never changed. */
public final class DeploymentStore {
    private static final String ADD = """
            INSERT INTO deployments (project_id, release_id, environment, name, url, started_at, deployed_at, created_by)
            SELECT project_id, id, :environment, :name::text, :url::text, :started_at::timestamptz, :deployed_at, :by FROM releases WHERE id = :release
            RETURNING id, project_id, (SELECT version FROM releases WHERE id = :release) AS version
            """;

    private static final String DEPLOYMENTS = """
            SELECT d.id, d.project_id, p.slug AS project, d.release_id, r.version, d.environment, d.name, d.url, d.started_at,
                   d.deployed_at, d.created_by
            FROM deployments d JOIN releases r ON r.id = d.release_id JOIN projects p ON p.id = d.project_id
            """;

    private static final String LATEST = """
            SELECT DISTINCT ON (release_id, environment) release_id, environment, deployed_at FROM deployments
            WHERE release_id = ANY (:releases)
            ORDER BY release_id, environment, deployed_at DESC
            """;

    private final JdbcClient jdbc;

    public DeploymentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When a release was last brought to an environment. */
    public record Latest(String environment, Instant deployedAt) {}

    /**
     * Records a deployment of a release and has topic {@code events} told, in the caller's transaction; its id, or empty if there is no
     * such release.
     */
    public Optional<Long> add(long releaseId, NewDeployment deployment) {
        Optional<ReleaseActivity> added = jdbc.sql(ADD)
                .param("release", releaseId)
                .param("environment", deployment.environment())
                .param("name", deployment.name())
                .param("url", deployment.url())
                .param("started_at", utc(deployment.startedAt()))
                .param("deployed_at", utc(deployment.deployedAt()))
                .param("by", deployment.by())
                .query((row, _) -> new ReleaseActivity(
                        ReleaseNews.origin(row.getLong("project_id")),
                        ReleaseActivity.Step.DEPLOYED,
                        row.getString("version"),
                        row.getLong("id"),
                        deployment.environment(),
                        deployment.url(),
                        deployment.by()))
                .optional();
        EventsOutbox.append(jdbc, added.stream().toList());
        return added.map(ReleaseActivity::deploymentId);
    }

    public Optional<StoredDeployment> find(long id) {
        return jdbc.sql(DEPLOYMENTS + "WHERE d.id = :id")
                .param("id", id)
                .query((row, _) -> deployment(row))
                .optional();
    }

    /** A page of those that a filter wants, the newest first. */
    public Page<StoredDeployment> list(DeploymentFilter filter, DatedPosition behind, int limit) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        var sql = new StringBuilder(DEPLOYMENTS).append("WHERE (d.deployed_at, d.id) < (:at, :id)\n");
        parameters.put("at", utc(behind.at()));
        parameters.put("id", behind.id());
        if (!filter.projects().areAll()) {
            sql.append("AND d.project_id = ANY (:projects)\n");
            parameters.put("projects", filter.projects().parameter());
        }
        if (filter.releaseId() != null) {
            sql.append("AND d.release_id = :release\n");
            parameters.put("release", filter.releaseId());
        }
        if (filter.environments() != null) {
            sql.append("AND d.environment = ANY (:environments)\n");
            parameters.put("environments", filter.environments().toArray(String[]::new));
        }
        if (filter.from() != null) {
            sql.append("AND d.deployed_at >= :from\n");
            parameters.put("from", utc(filter.from()));
        }
        if (filter.to() != null) {
            sql.append("AND d.deployed_at < :to\n");
            parameters.put("to", utc(filter.to()));
        }
        sql.append("ORDER BY d.deployed_at DESC, d.id DESC LIMIT :limit");
        parameters.put("limit", limit + 1);
        return Page.ofOneMore(
                jdbc.sql(sql.toString())
                        .params(parameters)
                        .query((row, _) -> deployment(row))
                        .list(),
                limit);
    }

    /** When some releases were last brought to each environment, by the id of the release; one without deployments is missing. */
    public Map<Long, List<Latest>> latest(Collection<Long> releaseIds) {
        Map<Long, List<Latest>> latest = new HashMap<>();
        jdbc.sql(LATEST).param("releases", releaseIds.toArray(Long[]::new)).query(row -> {
            latest.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                    .add(new Latest(
                            row.getString(2),
                            row.getObject(3, OffsetDateTime.class).toInstant()));
        });
        return latest;
    }

    private static StoredDeployment deployment(ResultSet row) throws SQLException {
        OffsetDateTime started = row.getObject("started_at", OffsetDateTime.class);
        return new StoredDeployment(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("project"),
                row.getLong("release_id"),
                row.getString("version"),
                row.getString("environment"),
                row.getString("name"),
                row.getString("url"),
                started == null ? null : started.toInstant(),
                row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
