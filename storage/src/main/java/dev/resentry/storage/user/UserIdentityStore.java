package dev.resentry.storage.user;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps who users are to a provider of OpenID Connect. Each method is one statement, which joins the caller's transaction. */
public final class UserIdentityStore {
    private final JdbcClient jdbc;

    public UserIdentityStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Finds a user by what the provider calls them, which never changes.
     *
     * @param issuer the provider
     */
    public Optional<User> find(String issuer, String subject) {
        return jdbc.sql("SELECT " + UserColumns.LIST + """
                         FROM user_identities i
                        JOIN users u ON u.id = i.user_id
                        WHERE i.issuer = :issuer AND i.subject = :subject
                        """)
                .param("issuer", issuer)
                .param("subject", subject)
                .query((row, _) -> UserColumns.read(row))
                .optional();
    }

    /** Whether a provider knows a user, by whatever name. */
    public boolean isKnown(String issuer, long userId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM user_identities WHERE user_id = :user AND issuer = :issuer)")
                .param("user", userId)
                .param("issuer", issuer)
                .query(Boolean.class)
                .single();
    }

    /** The identities of a user, the oldest first: one of each provider. */
    public List<UserIdentity> ofUser(long userId) {
        return jdbc.sql("""
                        SELECT issuer, subject, created_at FROM user_identities WHERE user_id = :user ORDER BY created_at, issuer
                        """)
                .param("user", userId)
                .query((row, _) -> new UserIdentity(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The users whom a provider knows. */
    public Set<Long> usersWithOne() {
        return new HashSet<>(jdbc.sql("SELECT user_id FROM user_identities")
                .query(Long.class)
                .list());
    }

    /** Whether any provider knows a user. */
    public boolean isKnown(long userId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM user_identities WHERE user_id = :user)")
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    /** Releases a user from all providers. */
    public void removeAll(long userId) {
        jdbc.sql("DELETE FROM user_identities WHERE user_id = :user")
                .param("user", userId)
                .update();
    }

    /** Joins a user to what the provider calls them. */
    public void add(String issuer, String subject, long userId, Instant at) {
        jdbc.sql("""
                        INSERT INTO user_identities (issuer, subject, user_id, created_at) VALUES (:issuer, :subject, :user, :at)
                        """)
                .param("issuer", issuer)
                .param("subject", subject)
                .param("user", userId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
