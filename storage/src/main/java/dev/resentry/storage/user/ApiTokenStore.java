package dev.resentry.storage.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the tokens of programs, each found by the hash of its secret. Each method is one statement, which joins the caller's
 * transaction.
 */
public final class ApiTokenStore {
    private static final String SELECT = """
            SELECT t.id, t.user_id, u.email, t.name, t.scopes, t.prefix, t.created_at, t.expires_at, t.last_used_at
            FROM api_tokens t
            JOIN users u ON u.id = t.user_id
            """;

    private static final String OF_TOKEN = """
            SELECT t.id, u.email, t.name, t.scopes, t.prefix, t.created_at, t.expires_at, t.last_used_at, %s
            FROM api_tokens t
            JOIN users u ON u.id = t.user_id
            WHERE t.token_hash = :hash
            """.formatted(UserColumns.LIST);

    private final JdbcClient jdbc;

    public ApiTokenStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a token and returns its id.
     *
     * @param token whose id and address are not looked at
     */
    public long add(ApiToken token, byte[] tokenHash) {
        return jdbc.sql("""
                        INSERT INTO api_tokens (token_hash, prefix, user_id, name, scopes, created_at, expires_at)
                        VALUES (:hash, :prefix, :user, :name, :scopes, :created, :expires)
                        RETURNING id
                        """)
                .param("hash", tokenHash)
                .param("prefix", token.prefix())
                .param("user", token.userId())
                .param("name", token.name())
                .param("scopes", token.scopes().stream().sorted().toArray(String[]::new))
                .param("created", utc(token.createdAt()))
                .param("expires", utc(token.expiresAt()))
                .query(Long.class)
                .single();
    }

    public Optional<CredentialOfUser<ApiToken>> find(byte[] tokenHash) {
        return jdbc.sql(OF_TOKEN)
                .param("hash", tokenHash)
                .query((row, _) -> new CredentialOfUser<>(token(row), UserColumns.read(row)))
                .optional();
    }

    public Optional<ApiToken> find(long id) {
        return jdbc.sql(SELECT + "WHERE t.id = :id")
                .param("id", id)
                .query((row, _) -> token(row))
                .optional();
    }

    /**
     * Tokens, the newest first.
     *
     * @param userId null for those of all users
     */
    public List<ApiToken> list(@Nullable Long userId) {
        return jdbc.sql(SELECT + (userId == null ? "" : "WHERE t.user_id = :user ") + "ORDER BY t.id DESC")
                .param("user", userId)
                .query((row, _) -> token(row))
                .list();
    }

    public void used(long id, Instant at) {
        jdbc.sql("UPDATE api_tokens SET last_used_at = :at WHERE id = :id")
                .param("at", utc(at))
                .param("id", id)
                .update();
    }

    public void remove(long id) {
        jdbc.sql("DELETE FROM api_tokens WHERE id = :id").param("id", id).update();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getString("email"),
                row.getString("name"),
                Set.of((String[]) row.getArray("scopes").getArray()),
                row.getString("prefix"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("expires_at", OffsetDateTime.class)),
                instant(row.getObject("last_used_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
