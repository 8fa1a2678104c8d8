package dev.resentry.storage.issue;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Since when this installation groups by a strategy. */
public final class GroupingStrategies {
    /** Where there are no issues, none can be looked for by the strategy before. */
    private static final String BEGIN = """
            INSERT INTO grouping_strategies (strategy, since)
            VALUES (:strategy, CASE WHEN EXISTS (SELECT FROM issue_hashes) THEN now() ELSE to_timestamp(0) END)
            ON CONFLICT DO NOTHING
            """;

    private final JdbcClient jdbc;

    public GroupingStrategies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * When a strategy was first used here: if it never was, that is now, or for ever (1970) in an installation that has no issues yet, so
     * that a new one does not do what only an older one needs.
     */
    public Instant since(String strategy) {
        jdbc.sql(BEGIN).param("strategy", strategy).update();
        return jdbc.sql("SELECT since FROM grouping_strategies WHERE strategy = :strategy")
                .param("strategy", strategy)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }
}
