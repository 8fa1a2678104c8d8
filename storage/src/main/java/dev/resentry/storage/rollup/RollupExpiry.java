package dev.resentry.storage.rollup;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes counts that are not kept any longer. */
public final class RollupExpiry {
    /** By project, because the key of the table begins with it. */
    private static final String DELETE_MINUTES = """
            DELETE FROM project_minutes WHERE (project_id, minute, level, environment) IN (
                SELECT m.project_id, m.minute, m.level, m.environment
                FROM projects p
                CROSS JOIN LATERAL (
                    SELECT * FROM project_minutes WHERE project_id = p.id AND minute < :before LIMIT :rows) AS m
                LIMIT :rows)
            """;

    private final JdbcClient jdbc;

    public RollupExpiry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Removes counts by minute that are older than {@link Resolution#MINUTES_KEPT}.
     *
     * @param rows how many at most
     * @return how many; fewer than {@code rows} if no more are there
     */
    public int deleteMinutes(Instant now, int rows) {
        return jdbc.sql(DELETE_MINUTES)
                .param("before", Resolution.MINUTE.keptFrom(now).atOffset(ZoneOffset.UTC))
                .param("rows", rows)
                .update();
    }
}
