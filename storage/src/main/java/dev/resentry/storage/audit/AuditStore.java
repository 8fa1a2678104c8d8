package dev.resentry.storage.audit;

import dev.resentry.storage.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps what people changed. Entries are only ever added. Each method is one statement, which joins the caller's transaction. */
public final class AuditStore {
    private final JdbcClient jdbc;

    public AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An entry and its id, which grows. */
    public record Stored(long id, AuditEntry entry) {}

    public void add(AuditEntry entry) {
        jdbc.sql("""
                        INSERT INTO audit_log (at, user_id, user_email, via, ip_address, action, object_type, object_id,
                                               object_name, before, after)
                        VALUES (:at, :user, :email, :via, :ip, :action, :type, :id, :name, :before::jsonb, :after::jsonb)
                        """)
                .param("at", entry.at().atOffset(ZoneOffset.UTC))
                .param("user", entry.userId())
                .param("email", entry.userEmail())
                .param("via", entry.via())
                .param("ip", entry.ipAddress())
                .param("action", entry.action())
                .param("type", entry.objectType())
                .param("id", entry.objectId())
                .param("name", entry.objectName())
                .param("before", entry.beforeJson())
                .param("after", entry.afterJson())
                .update();
    }

    /**
     * Entries with a smaller id than {@code before}, the newest first.
     *
     * @param action null for all
     * @param userId null for all
     */
    public Page<Stored> list(@Nullable String action, @Nullable Long userId, long before, int limit) {
        // Each condition stands there only if it is asked for, so that the plan has the index for it.
        String sql =
                """
                SELECT id, at, user_id, user_email, via, ip_address, action, object_type, object_id, object_name,
                       before::text AS before, after::text AS after
                FROM audit_log
                WHERE id < :before
                """ + (action == null ? "" : " AND action = :action") + (userId == null ? "" : " AND user_id = :user");
        return Page.ofOneMore(
                jdbc.sql(sql + " ORDER BY id DESC LIMIT :limit")
                        .param("before", before)
                        .param("action", action)
                        .param("user", userId)
                        .param("limit", limit + 1)
                        .query((row, _) -> new Stored(row.getLong("id"), entry(row)))
                        .list(),
                limit);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        long user = row.getLong("user_id");
        Long userId = row.wasNull() ? null : user;
        return new AuditEntry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                userId,
                row.getString("user_email"),
                row.getString("via"),
                row.getString("ip_address"),
                row.getString("action"),
                row.getString("object_type"),
                row.getString("object_id"),
                row.getString("object_name"),
                row.getString("before"),
                row.getString("after"));
    }
}
