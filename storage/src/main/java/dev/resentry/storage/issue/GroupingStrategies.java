package dev.resentry.storage.issue;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Since when this installation groups by a strategy. */
public final class GroupingStrategies {
    private static final String BEGIN =
            "INSERT INTO grouping_strategies (strategy, since) VALUES (:strategy, now()) ON CONFLICT DO NOTHING";

    private final JdbcClient jdbc;

    public GroupingStrategies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When a strategy was first used here, which is now if it never was. */
    public Instant since(String strategy) {
        jdbc.sql(BEGIN).param("strategy", strategy).update();
        return jdbc.sql("SELECT since FROM grouping_strategies WHERE strategy = :strategy")
                .param("strategy", strategy)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }
}
