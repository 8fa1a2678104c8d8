package dev.resentry.storage.spike;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets a limit at the threshold of a spike on a project that wants to be protected, and takes it away when the spike is over. The
 * limit, what tells gateways of it and the entry of the audit log are one statement.
 */
public final class SpikeProtection {
    /** Who it is in the audit log. */
    public static final String NAME = "spike protection";

    private static final String APPLY = """
            WITH due AS (
                SELECT p.id, p.spike_limit AS before, s.threshold AS after
                FROM projects p
                LEFT JOIN spikes s ON s.project_id = p.id AND s.issue_id = 0 AND s.ended_at IS NULL AND p.spike_protection
                WHERE (p.spike_protection OR p.spike_limit IS NOT NULL) AND p.status = 'active'
                  AND p.spike_limit IS DISTINCT FROM s.threshold
                ORDER BY p.id
                FOR NO KEY UPDATE OF p),
            changed AS (
                UPDATE projects p SET spike_limit = due.after, revision = p.revision + 1, updated_at = :now
                FROM due WHERE p.id = due.id
                RETURNING p.id, p.slug, due.before, due.after),
            told AS (
                INSERT INTO project_outbox (project_id) SELECT id FROM changed)
            INSERT INTO audit_log (at, user_email, via, action, object_type, object_id, object_name, before, after)
            SELECT :now, :name, 'system', CASE WHEN after IS NULL THEN 'project.spike_limit_lifted' ELSE 'project.spike_limit_set' END,
                   'project', id::text, slug, jsonb_build_object('events_per_minute', before),
                   jsonb_build_object('events_per_minute', after)
            FROM changed
            """;

    private final JdbcClient jdbc;

    public SpikeProtection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Sets and takes away what is due; how many projects it changed. */
    public int apply(Instant now) {
        return jdbc.sql(APPLY)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("name", NAME)
                .update();
    }
}
