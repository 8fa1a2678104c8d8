package dev.resentry.storage.user;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps second factors and their recovery codes. Each method is one statement, which joins the caller's transaction. */
public final class SecondFactorStore {
    private final JdbcClient jdbc;

    public SecondFactorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the secret of a factor that is not confirmed yet, in the place of another such.
     *
     * @return false if the user has a confirmed one, which stays
     */
    public boolean begin(long userId, byte[] secret, Instant at) {
        return jdbc.sql("""
                        INSERT INTO second_factors AS f (user_id, secret, created_at) VALUES (:user, :secret, :at)
                        ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
                        WHERE f.confirmed_at IS NULL
                        """)
                        .param("user", userId)
                        .param("secret", secret)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    public Optional<SecondFactor> find(long userId) {
        return jdbc.sql("""
                        SELECT user_id, secret, created_at, confirmed_at IS NOT NULL AS confirmed
                        FROM second_factors
                        WHERE user_id = :user
                        """)
                .param("user", userId)
                .query((row, _) -> new SecondFactor(
                        row.getLong("user_id"),
                        row.getBytes("secret"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("confirmed")))
                .optional();
    }

    /** Whether a user's logins ask for a code. */
    public boolean isOn(long userId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM second_factors WHERE user_id = :user AND confirmed_at IS NOT NULL)")
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    /** The users whose logins ask for a code. */
    public Set<Long> usersWithOne() {
        return new HashSet<>(jdbc.sql("SELECT user_id FROM second_factors WHERE confirmed_at IS NOT NULL")
                .query(Long.class)
                .list());
    }

    /** Takes the code of a step of time; false if that one, or a later one, was taken before. */
    public boolean takeStep(long userId, long step) {
        return jdbc.sql("UPDATE second_factors SET last_step = :step WHERE user_id = :user AND last_step < :step")
                        .param("step", step)
                        .param("user", userId)
                        .update()
                == 1;
    }

    /** Confirms a factor; false if it is confirmed already, or gone. */
    public boolean confirm(long userId, Instant at) {
        return jdbc.sql("UPDATE second_factors SET confirmed_at = :at WHERE user_id = :user AND confirmed_at IS NULL")
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("user", userId)
                        .update()
                == 1;
    }

    /** Adds recovery codes to a factor. */
    public void addRecoveryCodes(long userId, Collection<byte[]> hashes) {
        jdbc.sql("INSERT INTO recovery_codes (user_id, code_hash) SELECT :user, unnest(:hashes::bytea[])")
                .param("user", userId)
                .param("hashes", hashes.toArray(byte[][]::new))
                .update();
    }

    /** Uses a recovery code up; false if the user has no such. */
    public boolean takeRecoveryCode(long userId, byte[] hash) {
        return jdbc.sql("DELETE FROM recovery_codes WHERE user_id = :user AND code_hash = :hash")
                        .param("user", userId)
                        .param("hash", hash)
                        .update()
                == 1;
    }

    public int recoveryCodesLeft(long userId) {
        return jdbc.sql("SELECT count(*) FROM recovery_codes WHERE user_id = :user")
                .param("user", userId)
                .query(Integer.class)
                .single();
    }

    /** Takes a factor away, confirmed or not, with its codes; false if the user has none. */
    public boolean remove(long userId) {
        return jdbc.sql("DELETE FROM second_factors WHERE user_id = :user")
                        .param("user", userId)
                        .update()
                == 1;
    }
}
