package dev.resentry.storage.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what projects want done to their events. Each method is one statement, which joins the caller's transaction. What is
 * written names the revision that it changes, so that no change undoes another one unseen.
 */
public final class ProjectProcessingStore {
    private static final String COLUMNS =
            "project_id, scrub::text AS scrub, filters::text AS filters, fingerprint_rules, "
                    + "stacktrace_rules, payloads_per_issue_per_day, rules_rev, updated_at, updated_by";

    private final JdbcClient jdbc;

    public ProjectProcessingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty for a project that never said anything. */
    public Optional<ProjectProcessing> find(long projectId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM project_processing WHERE project_id = :project")
                .param("project", projectId)
                .query(ProjectProcessingStore::read)
                .optional();
    }

    /**
     * What was changed at a time or later, the oldest change first. A change is seen when its transaction ends, which is after its
     * time: who follows changes asks again for the last seconds.
     */
    public List<ProjectProcessing> changedSince(Instant since) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM project_processing WHERE updated_at >= :since ORDER BY updated_at, project_id")
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(ProjectProcessingStore::read)
                .list();
    }

    /**
     * Replaces the settings of scrubbing.
     *
     * @param revision that of the settings that were changed; 0 if there were none
     * @return empty if the project's revision is another one
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no such project
     */
    public Optional<ProjectProcessing> replaceScrub(long projectId, String scrubJson, long revision, String by) {
        return replace(projectId, revision, by, "scrub", ":scrub::jsonb", Map.of("scrub", scrubJson));
    }

    /**
     * Replaces the filters.
     *
     * @param revision that of the settings that were changed; 0 if there were none
     * @return empty if the project's revision is another one
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no such project
     */
    public Optional<ProjectProcessing> replaceFilters(long projectId, String filtersJson, long revision, String by) {
        return replace(projectId, revision, by, "filters", ":filters::jsonb", Map.of("filters", filtersJson));
    }

    /**
     * Replaces the cap of payloads; batches that begin later go by it.
     *
     * @param cap null for none
     * @param revision that of the settings that were changed; 0 if there were none
     * @return empty if the project's revision is another one
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no such project
     */
    public Optional<ProjectProcessing> replacePayloadCap(
            long projectId, @Nullable Integer cap, long revision, String by) {
        return replace(
                projectId,
                revision,
                by,
                "payloads_per_issue_per_day",
                ":cap::integer",
                Collections.singletonMap("cap", cap));
    }

    /**
     * Replaces the rules of grouping.
     *
     * @param revision that of the settings that were changed; 0 if there were none
     * @return empty if the project's revision is another one
     * @throws org.springframework.dao.DataIntegrityViolationException if there is no such project
     */
    public Optional<ProjectProcessing> replaceGroupingRules(
            long projectId, String fingerprintRules, String stacktraceRules, long revision, String by) {
        return replace(
                projectId,
                revision,
                by,
                "fingerprint_rules, stacktrace_rules",
                ":fingerprints, :stacks",
                Map.of("fingerprints", fingerprintRules, "stacks", stacktraceRules));
    }

    private Optional<ProjectProcessing> replace(
            long projectId,
            long revision,
            String by,
            String columns,
            String values,
            Map<String, ? extends @Nullable Object> parameters) {
        String sql = revision == 0 ? """
                        INSERT INTO project_processing (project_id, %s, updated_at, updated_by)
                        VALUES (:project, %s, clock_timestamp(), :by)
                        ON CONFLICT (project_id) DO NOTHING
                        """ : """
                        UPDATE project_processing
                        SET (%s) = ROW (%s), rules_rev = rules_rev + 1, updated_at = clock_timestamp(), updated_by = :by
                        WHERE project_id = :project AND rules_rev = :revision
                        """;
        return jdbc.sql(sql.formatted(columns, values) + "RETURNING " + COLUMNS)
                .params(parameters)
                .param("project", projectId)
                .param("revision", revision)
                .param("by", by)
                .query(ProjectProcessingStore::read)
                .optional();
    }

    private static ProjectProcessing read(ResultSet row, int number) throws SQLException {
        return new ProjectProcessing(
                row.getLong("project_id"),
                row.getString("scrub"),
                row.getString("filters"),
                row.getString("fingerprint_rules"),
                row.getString("stacktrace_rules"),
                row.getObject("payloads_per_issue_per_day", Integer.class),
                row.getLong("rules_rev"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by"));
    }
}
