package dev.resentry.storage.job;

import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Keeps jobs. Each method is one statement, which joins the caller's transaction. Leases are measured by the database's clock.
 * What the holder of a lease does has no effect once another one has taken its job up.
 */
public final class JobStore {
    private static final String COLUMNS = """
            id, kind, parameters::text, state, state_json::text, stopped_by, progress_done, progress_total, lease_owner,
            available_at, failed_steps, failure, result::text, created_by, created_at, started_at, finished_at
            """;

    /** Whoever takes a job up skips those that others are just taking. */
    private static final String TAKE = """
            UPDATE jobs SET state = CASE state WHEN 'cancelling' THEN state ELSE 'running' END, lease_owner = :owner,
                            available_at = now() + make_interval(secs => :seconds), started_at = coalesce(started_at, now())
            WHERE id = (SELECT id FROM jobs
                        WHERE state IN ('queued', 'running', 'cancelling') AND available_at <= now() AND kind = ANY (:kinds)
                        ORDER BY available_at, id
                        LIMIT 1
                        FOR UPDATE SKIP LOCKED)
            RETURNING
            """ + COLUMNS;

    private static final String HELD =
            " WHERE id = :id AND state IN ('running', 'paused', 'cancelling') AND lease_owner = :owner";

    /** What a job becomes that its holder lets go: it keeps what people want of it. */
    private static final String RELEASED = "CASE state WHEN 'running' THEN 'queued' ELSE state END";

    /** A job says in its parameters which project it is about, or which ones. */
    private static final String ABOUT_VISIBLE = """
             AND CASE WHEN jsonb_exists(parameters, 'project_id') THEN (parameters ->> 'project_id')::bigint = ANY (:visible)
                      ELSE jsonb_array_length(coalesce(parameters -> 'projects', '[]')) > 0
                           AND parameters -> 'projects' <@ to_jsonb(:visible::bigint[])
                 END
            """;

    private final JdbcClient jdbc;

    public JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a job that may be taken up at once, and returns its id. */
    public long enqueue(String kind, String parametersJson, String createdBy) {
        return jdbc.sql("""
                        INSERT INTO jobs (kind, parameters, state, available_at, created_by, created_at)
                        VALUES (:kind, :parameters::jsonb, 'queued', now(), :by, now())
                        RETURNING id
                        """)
                .param("kind", kind)
                .param("parameters", parametersJson)
                .param("by", createdBy)
                .query(Long.class)
                .single();
    }

    /** The oldest job of a kind that has not ended and whose parameters hold these. */
    public Optional<Long> findOpen(String kind, String parametersJson) {
        return jdbc.sql("""
                        SELECT id FROM jobs
                        WHERE state IN ('queued', 'running', 'paused', 'cancelling') AND kind = :kind
                          AND parameters @> :parameters::jsonb
                        ORDER BY id
                        LIMIT 1
                        """)
                .param("kind", kind)
                .param("parameters", parametersJson)
                .query(Long.class)
                .optional();
    }

    public Optional<Job> find(long id) {
        return find(id, VisibleProjects.ALL);
    }

    /** Finds a job that is about visible projects only. One that does not say which is about all. */
    public Optional<Job> find(long id, VisibleProjects visible) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM jobs WHERE id = :id" + about(visible))
                .param("id", id)
                .param("visible", visible.parameter())
                .query((row, _) -> job(row))
                .optional();
    }

    private static String about(VisibleProjects visible) {
        return visible.areAll() ? "" : ABOUT_VISIBLE;
    }

    /** Jobs about visible projects with a smaller id than {@code before}, the newest first. */
    public Page<Job> list(VisibleProjects visible, long before, int limit) {
        return page("", null, visible, before, limit);
    }

    /** Jobs of one kind about visible projects with a smaller id, the newest first. */
    public Page<Job> list(String kind, VisibleProjects visible, long before, int limit) {
        return page("kind = :kind AND ", kind, visible, before, limit);
    }

    private Page<Job> page(String condition, @Nullable String kind, VisibleProjects visible, long before, int limit) {
        return Page.ofOneMore(
                jdbc.sql("SELECT " + COLUMNS + " FROM jobs WHERE " + condition + "id < :before" + about(visible)
                                + " ORDER BY id DESC LIMIT :limit")
                        .param("kind", kind)
                        .param("before", before)
                        .param("visible", visible.parameter())
                        .param("limit", limit + 1)
                        .query((row, _) -> job(row))
                        .list(),
                limit);
    }

    /** How long it takes until a job of a kind may be taken up, if none is taken up or added meanwhile; empty if there is none. */
    public Optional<Duration> untilAvailable(String kind) {
        return jdbc.sql("""
                        SELECT extract(epoch FROM available_at - now()) * 1000 FROM jobs
                        WHERE state IN ('queued', 'running', 'cancelling') AND kind = :kind
                        ORDER BY available_at
                        LIMIT 1
                        """)
                .param("kind", kind)
                .query(Double.class)
                .optional()
                .map(millis -> Duration.ofMillis(Math.max(0, Math.round(millis))));
    }

    /** Takes up the job that is available longest: one that is queued, or whose holder let its lease end. */
    public Optional<Job> take(String owner, Collection<String> kinds, Duration lease) {
        return jdbc.sql(TAKE)
                .param("owner", owner)
                .param("kinds", kinds.toArray(String[]::new))
                .param("seconds", seconds(lease))
                .query((row, _) -> job(row))
                .optional();
    }

    /**
     * Has a job rest until it is resumed. A step under way ends first.
     *
     * @param by who wants it
     * @return false if it is neither queued nor running
     */
    public boolean pause(long id, String by) {
        return stop(
                "UPDATE jobs SET state = 'paused', stopped_by = :by WHERE id = :id AND state IN ('queued', 'running')",
                id,
                by);
    }

    /**
     * Lets a job go on that is paused.
     *
     * @return false if it is not paused
     */
    public boolean resume(long id) {
        return jdbc.sql("""
                                UPDATE jobs SET state = 'queued', stopped_by = NULL, lease_owner = NULL, available_at = now()
                                WHERE id = :id AND state = 'paused'
                                """).param("id", id).update() == 1;
    }

    /**
     * Has a job end before it is done: after its step, and after what its handler has to do for that.
     *
     * @param by who wants it
     * @return false if it has ended or is being cancelled already
     */
    public boolean cancel(long id, String by) {
        return stop("""
                UPDATE jobs SET state = 'cancelling', stopped_by = :by,
                                available_at = CASE WHEN lease_owner IS NULL THEN now() ELSE available_at END
                WHERE id = :id AND state IN ('queued', 'running', 'paused')
                """, id, by);
    }

    private boolean stop(String sql, long id, String by) {
        return jdbc.sql(sql).param("id", id).param("by", by).update() == 1;
    }

    /** Notes how far a job is and renews its lease; the job as it is then, or empty if another one holds it now. */
    public Optional<Job> advance(long id, String owner, JobStep.Advanced step, Duration lease) {
        return jdbc.sql("""
                        UPDATE jobs SET progress_done = :done, progress_total = :total, failed_steps = 0, failure = NULL,
                                        state_json = coalesce(:state::jsonb, state_json),
                                        lease_owner = CASE state WHEN 'paused' THEN NULL ELSE lease_owner END,
                                        available_at = now() + make_interval(secs => :seconds)
                        """ + HELD + " RETURNING " + COLUMNS)
                .param("id", id)
                .param("owner", owner)
                .param("done", step.progress().done())
                .param("total", step.progress().total())
                .param("state", step.stateJson())
                .param("seconds", seconds(lease))
                .query((row, _) -> job(row))
                .optional();
    }

    /** Gives a job back, to be taken up by anyone after a while. */
    public boolean putBack(long id, String owner, Duration retryAfter) {
        return held("""
                UPDATE jobs SET state = %s, lease_owner = NULL, failed_steps = 0, failure = NULL,
                                available_at = now() + make_interval(secs => :seconds)
                """.formatted(RELEASED), id, owner)
                        .param("seconds", seconds(retryAfter))
                        .update()
                == 1;
    }

    /** Gives a job back whose step failed. */
    public boolean retry(long id, String owner, String failure, Duration retryAfter) {
        return held("""
                UPDATE jobs SET state = %s, lease_owner = NULL, failed_steps = failed_steps + 1, failure = :failure,
                                available_at = now() + make_interval(secs => :seconds)
                """.formatted(RELEASED), id, owner)
                        .param("failure", failure)
                        .param("seconds", seconds(retryAfter))
                        .update()
                == 1;
    }

    /** Ends a job well. */
    public boolean finish(long id, String owner, @Nullable String resultJson) {
        return held("""
                UPDATE jobs SET state = 'succeeded', lease_owner = NULL, failed_steps = 0, failure = NULL,
                                result = :result::jsonb, finished_at = now()
                """, id, owner).param("result", resultJson).update() == 1;
    }

    /** Ends a job that was to be cancelled. */
    public boolean endCancelled(long id, String owner, @Nullable String resultJson) {
        return held("""
                UPDATE jobs SET state = 'cancelled', lease_owner = NULL, failed_steps = 0, failure = NULL,
                                result = :result::jsonb, finished_at = now()
                """, id, owner).param("result", resultJson).update() == 1;
    }

    /**
     * Ends a job that is not tried any more.
     *
     * @param resultJson what it did nevertheless, if there is something to tell
     */
    public boolean fail(long id, String owner, String failure, @Nullable String resultJson) {
        return held("""
                UPDATE jobs SET state = 'failed', lease_owner = NULL, failed_steps = failed_steps + 1, failure = :failure,
                                result = :result::jsonb, finished_at = now()
                """, id, owner)
                        .param("failure", failure)
                        .param("result", resultJson)
                        .update()
                == 1;
    }

    private StatementSpec held(String update, long id, String owner) {
        return jdbc.sql(update + HELD).param("id", id).param("owner", owner);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static Job job(ResultSet row) throws SQLException {
        long total = row.getLong("progress_total");
        Long knownTotal = row.wasNull() ? null : total;
        return new Job(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("parameters"),
                state(row),
                row.getString("state_json"),
                new JobProgress(row.getLong("progress_done"), knownTotal),
                row.getInt("failed_steps"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"));
    }

    private static JobState state(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return switch (state) {
            case "queued" -> new JobState.Queued(required(row, "available_at"), row.getString("failure"));
            case "running" -> new JobState.Running(row.getString("lease_owner"), required(row, "available_at"));
            case "paused" -> new JobState.Paused(row.getString("stopped_by"));
            case "cancelling" -> new JobState.Cancelling(row.getString("stopped_by"));
            case "cancelled" ->
                new JobState.Cancelled(
                        required(row, "finished_at"), row.getString("stopped_by"), row.getString("result"));
            case "succeeded" -> new JobState.Succeeded(required(row, "finished_at"), row.getString("result"));
            case "failed" ->
                new JobState.Failed(required(row, "finished_at"), row.getString("failure"), row.getString("result"));
            default ->
                throw new IllegalStateException(
                        "jobs.state: '%s' (expected: queued, running, paused, cancelling, cancelled, succeeded or failed)"
                                .formatted(state));
        };
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
