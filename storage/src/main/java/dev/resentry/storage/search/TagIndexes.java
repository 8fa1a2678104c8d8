package dev.resentry.storage.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Makes the index of the tags of each day of events, once the day is over: all at once it costs a fraction of what it would cost event
 * by event. It finds values that are too rare to be counted. An index that was broken off is made again.
 */
public final class TagIndexes {
    /** What arrives at midnight is stored by then. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private static final String NEXT = """
            SELECT quote_ident(day.relname) AS day, quote_ident(day.relname || '_tags') AS index, made.indexrelid IS NOT NULL AS broken
            FROM pg_inherits part
            JOIN pg_class day ON day.oid = part.inhrelid
            LEFT JOIN pg_class named ON named.relname = day.relname || '_tags' AND named.relnamespace = day.relnamespace
            LEFT JOIN pg_index made ON made.indexrelid = named.oid AND made.indrelid = day.oid
            WHERE part.inhparent = 'events'::regclass AND right(day.relname, 8) < to_char(?::date, 'YYYYMMDD')
              AND made.indisvalid IS NOT TRUE
            ORDER BY day.relname DESC
            LIMIT 1
            """;

    /** Of the connection: it ends with it, whatever becomes of the process. */
    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('resentry.tag_indexes'))";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtext('resentry.tag_indexes'))";

    private final DataSource dataSource;

    public TagIndexes(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Days that ended before this have the index, or get it soon. */
    static Instant indexedBefore(Instant now) {
        return now.minus(SETTLED).truncatedTo(ChronoUnit.DAYS);
    }

    private record Missing(String day, String index, boolean isBroken) {}

    /**
     * Makes the index of the newest day that lacks it, while its events are read and written as ever. May take minutes for a day of many
     * millions.
     *
     * @return the name of the index; empty if none is missing, or another process is at it
     */
    public Optional<String> makeNext(Instant now) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // The pool gives up after a minute; an index may take longer.
            connection.setNetworkTimeout(Runnable::run, 0);
            if (!isTrue(statement, TRY_LOCK)) {
                return Optional.empty();
            }
            try {
                Missing missing = next(connection, now);
                if (missing == null) {
                    return Optional.empty();
                }
                if (missing.isBroken()) {
                    statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + missing.index());
                }
                statement.execute("CREATE INDEX CONCURRENTLY %s ON %s USING gin (tags jsonb_path_ops)"
                        .formatted(missing.index(), missing.day()));
                return Optional.of(missing.index());
            } finally {
                isTrue(statement, UNLOCK);
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("making an index of tags", null, e);
        }
    }

    private static @Nullable Missing next(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEXT)) {
            select.setObject(1, LocalDate.ofInstant(indexedBefore(now), ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Missing(row.getString("day"), row.getString("index"), row.getBoolean("broken"))
                        : null;
            }
        }
    }

    private static boolean isTrue(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
