package dev.resentry.storage.analytics;

import dev.resentry.model.wire.ProcessedRecord.SessionMinute;
import dev.resentry.storage.session.SessionResolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what a copy is made of, as JSON objects of whole rows. */
public final class AnalyticsRows {
    private static final String SESSIONS = """
            SELECT to_jsonb(r)::text FROM (
                SELECT :version::bigint AS version, s.* FROM (
                    SELECT DISTINCT project_id, release, environment, at
                    FROM unnest(:projects::bigint[], :releases::text[], :environments::text[], :ats::timestamptz[])
                        AS k(project_id, release, environment, at)) AS k
                JOIN {table} s ON s.project_id = k.project_id AND s.release = k.release AND s.environment = k.environment
                    AND s.{at} = k.at) AS r
            """;

    /** Held by the session and not by a transaction, as for the outbox: none is open for as long as a whole batch is written. */
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('resentry.analytics'))";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtext('resentry.analytics'))";

    /** An envelope may have 10,000 logs, so that rows of many are not kept in memory at once. */
    private static final int ROWS_AT_ONCE = 200;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate reading;

    public AnalyticsRows(DataSource dataSource) {
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        // A cursor lives in a transaction.
        this.reading = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        reading.setReadOnly(true);
    }

    /** Sessions of a project that began in a minute. */
    public record SessionPlace(long projectId, SessionMinute minute) {}

    /**
     * Does something while no other process does: what it reads then is not older than what another has written.
     *
     * @return whether it was done; if not, another process is at it
     */
    public boolean alone(Runnable work) {
        return Boolean.TRUE.equals(template.execute((ConnectionCallback<Boolean>) connection -> {
            try (var statement = connection.createStatement()) {
                if (!flag(statement.executeQuery(LOCK))) {
                    return false;
                }
                try {
                    work.run();
                    return true;
                } finally {
                    flag(statement.executeQuery(UNLOCK));
                }
            }
        }));
    }

    private static boolean flag(ResultSet row) throws SQLException {
        try (row) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** A number that grows with time: rows that are read behind it are not older than it. */
    public long version() {
        return jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
                .query(Long.class)
                .single();
    }

    /** Hands over the rows of a table at some places as they are now, one by one. */
    public void read(AnalyticsTable table, Collection<RowPlace> places, long version, Consumer<String> row) {
        if (places.isEmpty()) {
            return;
        }
        var ats = new TreeSet<Instant>();
        places.forEach(place -> ats.add(place.receivedAt()));
        StatementSpec select = jdbc.sql(table.select())
                .param("version", version)
                .param("projects", places.stream().map(RowPlace::projectId).toArray(Long[]::new))
                .param(
                        "ats",
                        places.stream()
                                .map(place -> place.receivedAt().toString())
                                .toArray(String[]::new))
                .param("first", ats.first().atOffset(ZoneOffset.UTC))
                .param("last", ats.last().atOffset(ZoneOffset.UTC));
        each(select, row);
    }

    /** Hands over what is counted of sessions now in some minutes, or in the hours of these. */
    public void sessions(
            SessionResolution resolution, Collection<SessionPlace> places, long version, Consumer<String> row) {
        if (places.isEmpty()) {
            return;
        }
        ChronoUnit unit = resolution.unit();
        StatementSpec select = jdbc.sql(
                        SESSIONS.replace("{table}", resolution.table()).replace("{at}", resolution.column()))
                .param("version", version)
                .param("projects", places.stream().map(SessionPlace::projectId).toArray(Long[]::new))
                .param("releases", texts(places, place -> place.minute().release()))
                .param("environments", texts(places, place -> place.minute().environment()))
                .param(
                        "ats",
                        texts(
                                places,
                                place -> place.minute()
                                        .minute()
                                        .truncatedTo(unit)
                                        .toString()));
        each(select, row);
    }

    private void each(StatementSpec select, Consumer<String> row) {
        reading.executeWithoutResult(_ -> select.withFetchSize(ROWS_AT_ONCE).query(found -> {
            row.accept(found.getString(1));
        }));
    }

    private interface Text {
        String of(SessionPlace place);
    }

    private static String[] texts(Collection<SessionPlace> places, Text text) {
        return places.stream().map(text::of).toArray(String[]::new);
    }

    /** The ids of all projects. */
    public Set<Long> projects() {
        return Set.copyOf(jdbc.sql("SELECT id FROM projects WHERE status <> 'deleting'")
                .query(Long.class)
                .list());
    }

    /** The slugs of all projects by their ids. */
    public Map<Long, String> slugs() {
        Map<Long, String> slugs = new HashMap<>();
        jdbc.sql("SELECT id, slug FROM projects").query(row -> {
            slugs.put(row.getLong(1), row.getString(2));
        });
        return slugs;
    }
}
