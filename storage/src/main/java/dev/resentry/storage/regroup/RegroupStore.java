package dev.resentry.storage.regroup;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.Page;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.regroup.Regroup.Rules;
import dev.resentry.storage.regroup.Regroup.Standing;
import dev.resentry.storage.regroup.Regroup.Sums;
import dev.resentry.storage.regroup.RegroupChange.Kind;
import dev.resentry.storage.regroup.RegroupChange.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Keeps regroups, and has jobs work on them. Each change is several statements, which need the caller's transaction.
 */
public final class RegroupStore {
    private static final String SELECT = """
            SELECT r.*, coalesce(p.fingerprint_rules, '') = r.former_fingerprint_rules
                        AND coalesce(p.stacktrace_rules, '') = r.former_stacktrace_rules AS former_rules_hold,
                   coalesce(p.fingerprint_rules, '') = r.fingerprint_rules
                   AND coalesce(p.stacktrace_rules, '') = r.stacktrace_rules AS own_rules_hold,
                   EXISTS (SELECT FROM regroups o
                           WHERE o.project_id = r.project_id AND o.id <> r.id
                             AND o.state IN ('previewing', 'applying', 'undoing')) AS others_under_way,
                   NOT EXISTS (SELECT FROM regroups o
                               WHERE o.project_id = r.project_id AND o.applied_at > r.applied_at
                                 AND o.state IN ('applied', 'failed')) AS is_latest,
                   EXISTS (SELECT FROM regroups o
                           WHERE o.project_id = r.project_id AND o.id <> r.id AND o.cause = 'source_maps'
                             AND greatest(o.applied_at, o.undone_at) > r.created_at) AS is_outdated
            FROM regroups r LEFT JOIN project_processing p ON p.project_id = r.project_id
            """;

    /** How many events there are is not counted but summed up, from counts by the events' own time. */
    private static final String ADD = """
            INSERT INTO regroups (project_id, from_at, until_at, strategy, fingerprint_rules, stacktrace_rules,
                                  former_fingerprint_rules, former_stacktrace_rules, state, phase, total, created_at, created_by)
            SELECT pr.id, now() - make_interval(secs => :seconds), now(), :strategy, :fingerprints, :stacks,
                   coalesce(p.fingerprint_rules, ''), coalesce(p.stacktrace_rules, ''), 'previewing', 'read',
                   (SELECT coalesce(sum(events), 0) FROM project_hours h
                    WHERE h.project_id = pr.id AND h.hour >= now() - make_interval(secs => :seconds)),
                   now(), :by
            FROM projects pr LEFT JOIN project_processing p ON p.project_id = pr.id
            WHERE pr.id = :project AND pr.status <> 'deleting'
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

    /** No rules change by it. */
    private static final String REPAIR = """
            INSERT INTO regroups (project_id, from_at, until_at, strategy, fingerprint_rules, stacktrace_rules,
                                  former_fingerprint_rules, former_stacktrace_rules, state, phase, total, created_at, created_by, cause,
                                  releases)
            SELECT pr.id, now() - make_interval(secs => :seconds), now(), :strategy, coalesce(p.fingerprint_rules, ''),
                   coalesce(p.stacktrace_rules, ''), coalesce(p.fingerprint_rules, ''), coalesce(p.stacktrace_rules, ''), 'applying',
                   'find', 0, now(), :by, 'source_maps', :releases
            FROM projects pr LEFT JOIN project_processing p ON p.project_id = pr.id
            WHERE pr.id = :project AND pr.status <> 'deleting'
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

    private static final String TURN = """
            UPDATE regroups SET state = :state, phase = :phase, cursor_at = 'infinity',
                                cursor_event = 'ffffffff-ffff-ffff-ffff-ffffffffffff', cursor_issue = 0, done = 0, failure = NULL
            WHERE id = :id AND state = :from
            """;

    private final JdbcClient jdbc;
    private final JobStore jobs;

    public RegroupStore(JdbcClient jdbc, JobStore jobs) {
        this.jdbc = jdbc;
        this.jobs = jobs;
    }

    /**
     * Has a preview made.
     *
     * @param strategy the id of the rules that hold for all projects
     * @param back how far back the events arrived
     * @return empty if a job works on a regroup of the project, or there is no such project
     */
    public Optional<Regroup> preview(long projectId, String strategy, Rules rules, Duration back, Author by) {
        return jdbc.sql(ADD)
                .param("project", projectId)
                .param("seconds", (double) back.toSeconds())
                .param("strategy", strategy)
                .param("fingerprints", rules.fingerprints())
                .param("stacks", rules.stacktraces())
                .param("by", by.email())
                .query(Long.class)
                .optional()
                .flatMap(id -> {
                    enqueue(RegroupJobs.PREVIEW, projectId, id, by);
                    return find(id);
                });
    }

    /**
     * Has events made readable that source maps fit.
     *
     * @param releases of the events
     * @param back how far back they arrived
     * @return false if a job works on a regroup of the project
     */
    boolean repair(long projectId, String strategy, List<String> releases, Duration back, Author by) {
        return jdbc.sql(REPAIR)
                .param("project", projectId)
                .param("seconds", (double) back.toSeconds())
                .param("strategy", strategy)
                .param("by", by.email())
                .param("releases", releases.toArray(String[]::new))
                .query(Long.class)
                .optional()
                .map(id -> enqueue(RegroupJobs.APPLY, projectId, id, by))
                .orElse(false);
    }

    /** Has a previewed regroup applied; false if it cannot be any more. */
    public boolean apply(Regroup regroup, Author by) {
        return regroup.canBeApplied()
                && turn(regroup, RegroupState.APPLYING, RegroupPhase.READ)
                && enqueue(RegroupJobs.APPLY, regroup.projectId(), regroup.id(), by);
    }

    /** Has a regroup undone; false if it cannot be any more. */
    public boolean undo(Regroup regroup, Author by) {
        return regroup.canBeUndone()
                && turn(regroup, RegroupState.UNDOING, RegroupPhase.SWITCH)
                && enqueue(RegroupJobs.UNDO, regroup.projectId(), regroup.id(), by);
    }

    /** Ends a preview before it is done; false if it is not under way. */
    public boolean cancel(Regroup regroup, String by) {
        if (regroup.state() != RegroupState.PREVIEWING
                || jdbc.sql("UPDATE regroups SET state = 'cancelled' WHERE id = :id AND state = 'previewing'")
                                .param("id", regroup.id())
                                .update()
                        == 0) {
            return false;
        }
        jobs.cancel(regroup.jobId(), by);
        return true;
    }

    public Optional<Regroup> find(long id) {
        return jdbc.sql(SELECT + " WHERE r.id = :id")
                .param("id", id)
                .query((row, _) -> regroup(row))
                .optional();
    }

    /** Regroups of a project with a smaller id, the newest first. */
    public Page<Regroup> list(long projectId, long before, int limit) {
        return Page.ofOneMore(
                jdbc.sql(SELECT + " WHERE r.project_id = :project AND r.id < :before ORDER BY r.id DESC LIMIT :limit")
                        .param("project", projectId)
                        .param("before", before)
                        .param("limit", limit + 1)
                        .query((row, _) -> regroup(row))
                        .list(),
                limit);
    }

    /** What becomes of issues, those of the most events first. */
    public Page<RegroupChange> changes(long id, Kind kind, long behindRank, int limit) {
        return Page.ofOneMore(
                jdbc.sql("""
                                SELECT rank, issue_id, title, events, parts::text, parts_total FROM regroup_changes
                                WHERE regroup_id = :id AND kind = :kind AND rank > :behind
                                ORDER BY rank
                                LIMIT :limit
                                """)
                        .param("id", id)
                        .param("kind", kind.wireName())
                        .param("behind", behindRank)
                        .param("limit", limit + 1)
                        .query((row, _) -> new RegroupChange(
                                kind,
                                row.getLong("rank"),
                                row.getObject("issue_id", Long.class),
                                row.getString("title"),
                                row.getLong("events"),
                                parts(row.getString("parts")),
                                row.getLong("parts_total")))
                        .list(),
                limit);
    }

    /** What the job of a regroup is at; empty if it is in another state. */
    static Optional<RegroupPhase> phase(JdbcClient jdbc, long id, RegroupState state) {
        return jdbc.sql("SELECT phase FROM regroups WHERE id = :id AND state = :state")
                .param("id", id)
                .param("state", state.wireName())
                .query(String.class)
                .optional()
                .map(RegroupPhase::of);
    }

    private boolean turn(Regroup regroup, RegroupState next, RegroupPhase phase) {
        try {
            return jdbc.sql(TURN)
                            .param("id", regroup.id())
                            .param("from", regroup.state().wireName())
                            .param("state", next.wireName())
                            .param("phase", phase.wireName())
                            .update()
                    == 1;
        } catch (DuplicateKeyException _) {
            // A job has just begun to work on another one.
            return false;
        }
    }

    private boolean enqueue(String kind, long projectId, long id, Author by) {
        long job = jobs.enqueue(kind, new RegroupJobs.Request(projectId, id, by).json(), by.email());
        return jdbc.sql("UPDATE regroups SET job_id = :job WHERE id = :id")
                        .param("job", job)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static List<Part> parts(String json) {
        return UntrustedJson.STORED
                .tree(json)
                .valueStream()
                .map(part -> new Part(
                        part.path("issue_id").isNull()
                                ? null
                                : part.path("issue_id").longValue(),
                        part.path("title").asString(),
                        text(part.path("culprit")),
                        part.path("events").longValue(),
                        EventId.parse(part.path("latest_event_id").asString()).orElseThrow()))
                .toList();
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() ? null : value.asString();
    }

    static Regroup regroup(ResultSet row) throws SQLException {
        Long before = row.getObject("issues_before", Long.class);
        return new Regroup(
                row.getLong("id"),
                row.getLong("project_id"),
                RegroupCause.of(row.getString("cause")),
                List.of((String[]) row.getArray("releases").getArray()),
                RegroupState.of(row.getString("state")),
                instant(row, "from_at"),
                instant(row, "until_at"),
                row.getString("strategy"),
                new Rules(row.getString("fingerprint_rules"), row.getString("stacktrace_rules")),
                new Rules(row.getString("former_fingerprint_rules"), row.getString("former_stacktrace_rules")),
                row.getLong("events"),
                row.getLong("readable_events"),
                before == null
                        ? null
                        : new Sums(before, row.getLong("issues_after"), row.getLong("merged"), row.getLong("split")),
                row.getString("failure"),
                row.getLong("done"),
                row.getLong("total"),
                row.getLong("job_id"),
                instant(row, "created_at"),
                row.getString("created_by"),
                nullableInstant(row, "applied_at"),
                nullableInstant(row, "undone_at"),
                new Standing(
                        row.getBoolean("former_rules_hold"),
                        row.getBoolean("own_rules_hold"),
                        row.getBoolean("others_under_way"),
                        row.getBoolean("is_latest"),
                        row.getBoolean("is_outdated")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
