package dev.resentry.storage.replay;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says before a replay how much there is to process again, by the ledger's totals: to the hour. */
public final class ReplayableEnvelopes {
    private static final String COUNT = """
            SELECT coalesce(sum(envelopes), 0) AS envelopes FROM envelope_totals
            WHERE hour >= :from AND hour < :to AND fate IN ('stored', 'dead') AND (:all OR project_id = ANY (:projects))
            """;

    private final JdbcClient jdbc;

    public ReplayableEnvelopes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many arrived in a time.
     *
     * @param projects none for all
     */
    public long count(Instant from, Instant to, Collection<Long> projects) {
        return jdbc.sql(COUNT)
                .param("from", from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("all", projects.isEmpty())
                .param("projects", projects.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    /** The hour of the oldest; empty if there is none. */
    public Optional<Instant> oldest() {
        return jdbc.sql("SELECT hour FROM envelope_totals ORDER BY hour LIMIT 1")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
