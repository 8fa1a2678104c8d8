package dev.resentry.storage.savedsearch;

import dev.resentry.storage.savedsearch.SavedSearch.Creator;
import dev.resentry.storage.savedsearch.SavedSearch.Details;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Searches that people keep: their own, and those that are shared. Each method joins the caller's transaction. */
public final class SavedSearchStore {
    /** How many there are at most of a dataset for one person, and of those that are shared. */
    public static final int MOST = 100;

    private static final String SELECT = """
            SELECT s.id, s.dataset, s.name, s.query, s.sort, s.user_id, s.created_at, s.updated_at,
                   u.id AS creator_id, u.email, u.name AS creator_name,
                   EXISTS (SELECT FROM pinned_searches p WHERE p.search_id = s.id AND p.user_id = :user) AS pinned
            FROM saved_searches s LEFT JOIN users u ON u.id = s.creator_id
            WHERE (s.user_id IS NULL OR s.user_id = :user)
            """;

    private static final String ADD = """
            INSERT INTO saved_searches (dataset, name, query, sort, user_id, creator_id, created_at, updated_at)
            SELECT :dataset, :name, :query, :sort, :owner::bigint, :creator, :now, :now
            WHERE (SELECT count(*) FROM saved_searches
                   WHERE dataset = :dataset AND user_id IS NOT DISTINCT FROM :owner::bigint) < :most
            RETURNING id
            """;

    private static final String REPLACE = """
            UPDATE saved_searches
            SET name = :name, query = :query, sort = :sort, user_id = CASE WHEN :shared THEN NULL ELSE creator_id END, updated_at = :now
            WHERE id = :id
            """;

    private final JdbcClient jdbc;

    public SavedSearchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What somebody sees, those first that they pinned, then by name. */
    public List<SavedSearch> list(long userId, @Nullable SearchedDataset dataset) {
        return jdbc.sql(
                        SELECT
                                + " AND (:dataset::text IS NULL OR s.dataset = :dataset) ORDER BY pinned DESC, lower(s.name), s.id")
                .param("user", userId)
                .param("dataset", dataset == null ? null : dataset.wireName())
                .query((row, _) -> search(row))
                .list();
    }

    /** A search, if somebody sees it. */
    public Optional<SavedSearch> find(long userId, long id) {
        return jdbc.sql(SELECT + " AND s.id = :id")
                .param("user", userId)
                .param("id", id)
                .query((row, _) -> search(row))
                .optional();
    }

    /**
     * Adds a search; empty if there are {@link #MOST} already.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the name is taken
     */
    public Optional<Long> add(SearchedDataset dataset, Details details, boolean shared, long creator, Instant now) {
        return said(jdbc.sql(ADD), details, now)
                .param("dataset", dataset.wireName())
                .param("owner", shared ? null : creator)
                .param("creator", creator)
                .param("most", MOST)
                .query(Long.class)
                .optional();
    }

    /**
     * Replaces what is said of a search; one that is not shared any more is its creator's. Nobody else keeps it pinned then.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the name is taken
     */
    public void replace(long id, Details details, boolean shared, Instant now) {
        said(jdbc.sql(REPLACE), details, now)
                .param("id", id)
                .param("shared", shared)
                .update();
        jdbc.sql("""
                        DELETE FROM pinned_searches p USING saved_searches s
                        WHERE p.search_id = :id AND s.id = :id AND s.user_id <> p.user_id
                        """).param("id", id).update();
    }

    public void remove(long id) {
        jdbc.sql("DELETE FROM saved_searches WHERE id = :id").param("id", id).update();
    }

    /** Has somebody see a search first, or not any more. */
    public void pin(long userId, long id, boolean pinned) {
        jdbc.sql(
                        pinned
                                ? "INSERT INTO pinned_searches (user_id, search_id) VALUES (:user, :id) ON CONFLICT DO NOTHING"
                                : "DELETE FROM pinned_searches WHERE user_id = :user AND search_id = :id")
                .param("user", userId)
                .param("id", id)
                .update();
    }

    private static JdbcClient.StatementSpec said(JdbcClient.StatementSpec statement, Details details, Instant now) {
        return statement
                .param("name", details.name())
                .param("query", details.query())
                .param("sort", details.sort())
                .param("now", now.atOffset(ZoneOffset.UTC));
    }

    private static SavedSearch search(ResultSet row) throws SQLException {
        Long creator = row.getObject("creator_id", Long.class);
        return new SavedSearch(
                row.getLong("id"),
                SearchedDataset.of(row.getString("dataset")).orElseThrow(),
                new Details(row.getString("name"), row.getString("query"), row.getString("sort")),
                row.getObject("user_id", Long.class) == null,
                creator == null ? null : new Creator(creator, row.getString("email"), row.getString("creator_name")),
                row.getBoolean("pinned"),
                at(row, "created_at"),
                at(row, "updated_at"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
