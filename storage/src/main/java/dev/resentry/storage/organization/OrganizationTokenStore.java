package dev.resentry.storage.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the tokens of the organization, each found by the hash of its secret. Each method is one statement, which joins the caller's
 * transaction.
 */
public final class OrganizationTokenStore {
    private static final String SELECT =
            "SELECT id, name, last_characters, created_by, created_at, last_used_at FROM organization_tokens ";

    private final JdbcClient jdbc;

    public OrganizationTokenStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a token. */
    public OrganizationToken add(String name, String lastCharacters, byte[] tokenHash, String by, Instant at) {
        return jdbc.sql("""
                        INSERT INTO organization_tokens (token_hash, last_characters, name, created_by, created_at)
                        VALUES (:hash, :last, :name, :by, :at)
                        RETURNING id, name, last_characters, created_by, created_at, last_used_at
                        """)
                .param("hash", tokenHash)
                .param("last", lastCharacters)
                .param("name", name)
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> token(row))
                .single();
    }

    public Optional<OrganizationToken> find(byte[] tokenHash) {
        return jdbc.sql(SELECT + "WHERE token_hash = :hash")
                .param("hash", tokenHash)
                .query((row, _) -> token(row))
                .optional();
    }

    public Optional<OrganizationToken> find(long id) {
        return jdbc.sql(SELECT + "WHERE id = :id")
                .param("id", id)
                .query((row, _) -> token(row))
                .optional();
    }

    /** All tokens, the newest first. */
    public List<OrganizationToken> list() {
        return jdbc.sql(SELECT + "ORDER BY id DESC")
                .query((row, _) -> token(row))
                .list();
    }

    public void used(long id, Instant at) {
        jdbc.sql("UPDATE organization_tokens SET last_used_at = :at WHERE id = :id")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    public void remove(long id) {
        jdbc.sql("DELETE FROM organization_tokens WHERE id = :id")
                .param("id", id)
                .update();
    }

    private static OrganizationToken token(ResultSet row) throws SQLException {
        OffsetDateTime used = row.getObject("last_used_at", OffsetDateTime.class);
        return new OrganizationToken(
                row.getLong("id"),
                row.getString("name"),
                row.getString("last_characters"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant());
    }
}
