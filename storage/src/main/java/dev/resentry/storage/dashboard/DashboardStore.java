package dev.resentry.storage.dashboard;

import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the dashboards that people put together. Each method is one statement, which joins the caller's transaction. A change names the
 * revision that it changes, so that none undoes another one unseen.
 */
public final class DashboardStore {
    /** How many somebody may have. */
    public static final int MOST = 200;

    private static final String SELECT = """
            SELECT d.id, d.name, d.description, d.is_shared, d.widgets::text AS widgets, d.owner_id, u.name AS owner_name, d.revision,
                   d.created_at, d.updated_at, d.updated_by
            FROM dashboards d LEFT JOIN users u ON u.id = d.owner_id
            """;

    /** Two who add at the same time may come to one too many, which does no harm. */
    private static final String ADD = """
            INSERT INTO dashboards (name, description, owner_id, is_shared, widgets, created_at, updated_at, updated_by)
            SELECT :name, :description, :owner, :shared, :widgets::json, now(), now(), :by
            WHERE (SELECT count(*) FROM dashboards WHERE owner_id IS NOT DISTINCT FROM :owner::bigint) < :most
            RETURNING id
            """;

    private static final String REPLACE = """
            UPDATE dashboards
            SET name = :name, description = :description, is_shared = :shared, widgets = :widgets::json, revision = revision + 1,
                updated_at = now(), updated_by = :by
            WHERE id = :id AND revision = :revision
            """;

    private final JdbcClient jdbc;

    public DashboardStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A page of those that a user sees, the one changed last first.
     *
     * @param text what their names have in them; null for all
     */
    public Page<StoredDashboard> list(long userId, @Nullable String text, DatedPosition behind, int limit) {
        String named = text == null ? "" : "AND strpos(lower(d.name), lower(:text)) > 0";
        return Page.ofOneMore(
                jdbc.sql(SELECT + """
                                WHERE (d.is_shared OR d.owner_id = :user) AND (d.updated_at, d.id) < (:at, :id) %s
                                ORDER BY d.updated_at DESC, d.id DESC
                                LIMIT :limit
                                """.formatted(named))
                        .param("user", userId)
                        .param("text", text)
                        .param("at", behind.at().atOffset(ZoneOffset.UTC))
                        .param("id", behind.id())
                        .param("limit", limit + 1)
                        .query((row, _) -> dashboard(row))
                        .list(),
                limit);
    }

    public Optional<StoredDashboard> find(long id) {
        return jdbc.sql(SELECT + "WHERE d.id = :id")
                .param("id", id)
                .query((row, _) -> dashboard(row))
                .optional();
    }

    /**
     * Adds a dashboard; empty if the owner has {@link #MOST} already.
     *
     * @param owner null for none
     */
    public Optional<Long> add(DashboardDraft draft, @Nullable Long owner, String by) {
        return said(ADD, draft, by)
                .param("owner", owner)
                .param("most", MOST)
                .query((row, _) -> row.getLong(1))
                .optional();
    }

    /** Replaces what is said of a dashboard; false if its revision is another one. */
    public boolean replace(long id, DashboardDraft draft, long revision, String by) {
        return said(REPLACE, draft, by)
                        .param("id", id)
                        .param("revision", revision)
                        .update()
                > 0;
    }

    public void remove(long id) {
        jdbc.sql("DELETE FROM dashboards WHERE id = :id").param("id", id).update();
    }

    private JdbcClient.StatementSpec said(String sql, DashboardDraft draft, String by) {
        return jdbc.sql(sql)
                .param("name", draft.name())
                .param("description", draft.description())
                .param("shared", draft.isShared())
                .param("widgets", draft.widgetsJson())
                .param("by", by);
    }

    private static StoredDashboard dashboard(ResultSet row) throws SQLException {
        Long owner = row.getObject("owner_id", Long.class);
        return new StoredDashboard(
                row.getLong("id"),
                new DashboardDraft(
                        row.getString("name"),
                        row.getString("description"),
                        row.getBoolean("is_shared"),
                        row.getString("widgets")),
                owner == null ? null : new StoredDashboard.Owner(owner, row.getString("owner_name")),
                row.getLong("revision"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by"));
    }
}
