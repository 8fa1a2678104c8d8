package dev.resentry.storage.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the sessions of browsers, each found by the hash of its secret. Each method is one statement, which joins the caller's
 * transaction.
 */
public final class SessionStore {
    private static final String COLUMNS =
            "s.id, s.user_id, s.first_login, s.created_at, s.last_seen_at, s.expires_at, s.ip_address, s.user_agent, s.single_sign_on";

    private static final String OF_TOKEN =
            "SELECT %s, %s FROM user_sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = :hash"
                    .formatted(COLUMNS, UserColumns.LIST);

    private final JdbcClient jdbc;

    public SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a session and returns its id.
     *
     * @param session whose id is not looked at
     */
    public long add(UserSession session, byte[] tokenHash) {
        return jdbc.sql("""
                        INSERT INTO user_sessions (token_hash, user_id, first_login, created_at, last_seen_at, expires_at,
                                                   ip_address, user_agent, single_sign_on)
                        VALUES (:hash, :user, :first, :created, :seen, :expires, :ip, :agent, :sso)
                        RETURNING id
                        """)
                .param("hash", tokenHash)
                .param("user", session.userId())
                .param("first", session.firstLogin())
                .param("created", utc(session.createdAt()))
                .param("seen", utc(session.lastSeenAt()))
                .param("expires", utc(session.expiresAt()))
                .param("ip", session.ipAddress())
                .param("agent", session.userAgent())
                .param("sso", session.singleSignOn())
                .query(Long.class)
                .single();
    }

    public Optional<CredentialOfUser<UserSession>> find(byte[] tokenHash) {
        return jdbc.sql(OF_TOKEN)
                .param("hash", tokenHash)
                .query((row, _) -> new CredentialOfUser<>(session(row), UserColumns.read(row)))
                .optional();
    }

    /** The sessions of a user that last, the one used last first. */
    public List<UserSession> ofUser(long userId, Instant now) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM user_sessions s
                        WHERE s.user_id = :user AND s.expires_at > :now
                        ORDER BY s.last_seen_at DESC, s.id DESC
                        """)
                .param("user", userId)
                .param("now", utc(now))
                .query((row, _) -> session(row))
                .list();
    }

    public void seen(long id, Instant at) {
        jdbc.sql("UPDATE user_sessions SET last_seen_at = :at WHERE id = :id")
                .param("at", utc(at))
                .param("id", id)
                .update();
    }

    /** Ends a session; false if the user has none of this id. */
    public boolean end(long userId, long id) {
        return jdbc.sql("DELETE FROM user_sessions WHERE id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", userId)
                        .update()
                == 1;
    }

    /**
     * Ends the sessions of a user.
     *
     * @param but the id of one that stays; 0 for none
     */
    public int endAll(long userId, long but) {
        return jdbc.sql("DELETE FROM user_sessions WHERE user_id = :user AND id <> :but")
                .param("user", userId)
                .param("but", but)
                .update();
    }

    /** Ends the sessions of a user that began with a provider. */
    public int endSingleSignOn(long userId) {
        return jdbc.sql("DELETE FROM user_sessions WHERE user_id = :user AND single_sign_on")
                .param("user", userId)
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static UserSession session(ResultSet row) throws SQLException {
        return new UserSession(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getBoolean("first_login"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getString("ip_address"),
                row.getString("user_agent"),
                row.getBoolean("single_sign_on"));
    }
}
