package dev.resentry.storage.lease;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Turns that one owner has at a time, without a transaction that stays open for it. The turn of a process that died ends with its
 * lease. Measured by the database's clock; each method is one statement, which joins the caller's transaction.
 */
public final class Leases {
    private static final String TAKE = """
            INSERT INTO leases (name, owner, expires_at)
            VALUES (:name, :owner, now() + make_interval(secs => :seconds))
            ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
            WHERE leases.expires_at <= now() OR leases.owner = excluded.owner
            """;

    private final JdbcClient jdbc;

    public Leases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes a turn, or renews one that the owner has; false if somebody else has it. */
    public boolean take(String name, String owner, Duration lease) {
        return jdbc.sql(TAKE)
                        .param("name", name)
                        .param("owner", owner)
                        .param("seconds", lease.toMillis() / 1_000.0)
                        .update()
                == 1;
    }

    /** Ends the owner's turn, if it still has it. */
    public void giveBack(String name, String owner) {
        jdbc.sql("DELETE FROM leases WHERE name = :name AND owner = :owner")
                .param("name", name)
                .param("owner", owner)
                .update();
    }
}
