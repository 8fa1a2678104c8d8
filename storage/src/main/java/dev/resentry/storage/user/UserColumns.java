package dev.resentry.storage.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Reads users, also beside something else of theirs. */
final class UserColumns {
    /** Of {@code users u}. */
    static final String LIST = """
            u.id AS user_id, u.email AS user_email, u.name AS user_name, u.role AS user_role, u.active AS user_active,
            u.must_change_password, u.password_hash, u.token_generation, u.last_seen_at AS user_last_seen_at, u.has_password,
            (SELECT o.requires_second_factor FROM organization o)
                AND NOT EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
                AS lacks_second_factor
            """;

    private UserColumns() {}

    static User read(ResultSet row) throws SQLException {
        OffsetDateTime lastSeen = row.getObject("user_last_seen_at", OffsetDateTime.class);
        return new User(
                row.getLong("user_id"),
                row.getString("user_email"),
                row.getString("user_name"),
                row.getString("user_role"),
                row.getBoolean("user_active"),
                row.getBoolean("must_change_password"),
                row.getString("password_hash"),
                row.getInt("token_generation"),
                lastSeen == null ? null : lastSeen.toInstant(),
                row.getBoolean("has_password"),
                row.getBoolean("lacks_second_factor"));
    }
}
