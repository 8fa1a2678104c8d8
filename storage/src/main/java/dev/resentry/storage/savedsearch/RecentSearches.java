package dev.resentry.storage.savedsearch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The searches that people made lately. Each method joins the caller's transaction. */
public final class RecentSearches {
    /** How many are kept of each person and dataset. */
    public static final int MOST = 20;

    private static final String NOTE = """
            INSERT INTO recent_searches (user_id, dataset, query, searched_at) VALUES (:user, :dataset, :query, :now)
            ON CONFLICT (user_id, dataset, md5(query))
            DO UPDATE SET searched_at = greatest(recent_searches.searched_at, excluded.searched_at)
            """;

    private static final String FORGET_OLD = """
            DELETE FROM recent_searches r USING (
                SELECT ctid FROM recent_searches WHERE user_id = :user AND dataset = :dataset
                ORDER BY searched_at DESC, query OFFSET :most) AS old
            WHERE r.ctid = old.ctid
            """;

    private final JdbcClient jdbc;

    public RecentSearches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A search and when it was last made. */
    public record Recent(String query, Instant at) {}

    /** Somebody's, the newest first. */
    public List<Recent> list(long userId, SearchedDataset dataset) {
        return jdbc.sql("""
                        SELECT query, searched_at FROM recent_searches WHERE user_id = :user AND dataset = :dataset
                        ORDER BY searched_at DESC, query LIMIT :most
                        """)
                .param("user", userId)
                .param("dataset", dataset.wireName())
                .param("most", MOST)
                .query((row, _) -> new Recent(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Puts a search first, once. */
    public void note(long userId, SearchedDataset dataset, String query, Instant now) {
        jdbc.sql(NOTE)
                .param("user", userId)
                .param("dataset", dataset.wireName())
                .param("query", query)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql(FORGET_OLD)
                .param("user", userId)
                .param("dataset", dataset.wireName())
                .param("most", MOST)
                .update();
    }

    /** Forgets all that somebody searched for in a dataset. */
    public void clear(long userId, SearchedDataset dataset) {
        jdbc.sql("DELETE FROM recent_searches WHERE user_id = :user AND dataset = :dataset")
                .param("user", userId)
                .param("dataset", dataset.wireName())
                .update();
    }
}
