package dev.resentry.storage.delivery;

import dev.resentry.storage.VisibleProjects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people decide of deliveries that were given up: to try them again, as if they were new. Joins the caller's transaction. */
public final class DeliveryDesk {
    /** How many are sent again at once. */
    public static final int AT_ONCE = 1_000;

    private static final String AGAIN = """
            UPDATE deliveries
            SET state = 'waiting', attempts = 0, next_attempt_at = now(), expires_at = now() + make_interval(secs => :tried),
                lease_owner = NULL, finished_at = NULL
            WHERE id = ANY (ARRAY(
                SELECT id FROM deliveries WHERE %s AND state IN ('dead', 'suppressed') AND kind <> 'mail' %s
                ORDER BY id LIMIT :limit FOR UPDATE))
            RETURNING target_key
            """;

    /** Who sends again believes that the target is there: one that failed has its try at once. */
    private static final String BELIEVE = """
            WITH again AS (%s),
            believed AS (
                UPDATE delivery_targets SET gone_at = NULL, held_until = CASE WHEN lease_owner IS NULL THEN now() ELSE held_until END
                WHERE key IN (SELECT target_key FROM again))
            SELECT count(*) FROM again
            """;

    private final JdbcClient jdbc;

    public DeliveryDesk(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Sends a delivery again.
     *
     * @return false if it is not there, not given up, or a mail, of which nothing is kept
     */
    public boolean resend(long id) {
        return jdbc.sql(BELIEVE.formatted(AGAIN.formatted("id = :id", "")))
                        .param("id", id)
                        .param("tried", DeliveryOutbox.TRIED.toSeconds())
                        .param("limit", 1)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /**
     * Sends again what was given up for a target, the oldest {@link #AT_ONCE}, and returns how many.
     *
     * @param targetId of {@link StoredDelivery}
     */
    public int resendDead(byte[] targetId, VisibleProjects visible) {
        return jdbc.sql(BELIEVE.formatted(AGAIN.formatted("target_key = :target", visible.and("project_id"))))
                .param("target", targetId)
                .param("visible", visible.parameter())
                .param("tried", DeliveryOutbox.TRIED.toSeconds())
                .param("limit", AT_ONCE)
                .query(Long.class)
                .single()
                .intValue();
    }
}
