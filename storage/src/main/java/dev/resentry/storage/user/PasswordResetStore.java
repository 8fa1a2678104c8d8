package dev.resentry.storage.user;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the links by which people set a new password, each found by the hash of its secret. Each method is one statement, which joins
 * the caller's transaction.
 */
public final class PasswordResetStore {
    private final JdbcClient jdbc;

    public PasswordResetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a link in the place of an earlier one of the user. */
    public void put(long userId, byte[] tokenHash, Instant expiresAt) {
        jdbc.sql("""
                        INSERT INTO password_resets (user_id, token_hash, expires_at) VALUES (:user, :hash, :expires)
                        ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at
                        """)
                .param("user", userId)
                .param("hash", tokenHash)
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes a link away and returns whose it is; empty if it is not good, or not any more. */
    public Optional<Long> take(byte[] tokenHash, Instant now) {
        return jdbc.sql("DELETE FROM password_resets WHERE token_hash = :hash AND expires_at > :now RETURNING user_id")
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional();
    }
}
