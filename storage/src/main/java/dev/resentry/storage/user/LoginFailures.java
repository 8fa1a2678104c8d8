package dev.resentry.storage.user;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts attempts to log in that did not go right, for all processes together. What is counted is forgotten at a set time after the
 * first. Each method is one statement, which joins the caller's transaction.
 */
public final class LoginFailures {
    private final JdbcClient jdbc;

    public LoginFailures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How often something failed.
     *
     * @param until when that is forgotten
     */
    public record Count(int failures, Instant until) {}

    /**
     * Counts an attempt before it is known how it ends, so that many at once are not let through.
     *
     * @param subject a hash of what is counted by
     * @param until when the count is forgotten, if this is the first
     */
    public Count add(byte[] subject, Instant now, Instant until) {
        return jdbc.sql("""
                        INSERT INTO login_failures AS f (subject, failures, expires_at) VALUES (:subject, 1, :until)
                        ON CONFLICT (subject) DO UPDATE SET
                            failures = CASE WHEN f.expires_at > :now THEN least(f.failures, 1000000) + 1 ELSE 1 END,
                            expires_at = CASE WHEN f.expires_at > :now THEN f.expires_at ELSE excluded.expires_at END
                        RETURNING failures, expires_at
                        """)
                .param("subject", subject)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Count(
                        row.getInt(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .single();
    }

    /** Takes one attempt back, which went right. */
    public void takeBack(byte[] subject) {
        jdbc.sql("UPDATE login_failures SET failures = failures - 1 WHERE subject = :subject AND failures > 0")
                .param("subject", subject)
                .update();
    }

    public void forget(byte[] subject) {
        jdbc.sql("DELETE FROM login_failures WHERE subject = :subject")
                .param("subject", subject)
                .update();
    }
}
