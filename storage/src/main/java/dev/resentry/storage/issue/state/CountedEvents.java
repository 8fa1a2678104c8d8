package dev.resentry.storage.issue.state;

import dev.resentry.model.issue.state.IssueCounts;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What is counted of an issue in the transaction of a connection. */
final class CountedEvents implements IssueCounts {
    /** No event happens after it arrived. */
    private static final String IN_WINDOW = """
            SELECT count(*), count(DISTINCT user_hash)
            FROM events
            WHERE issue_id = ? AND received_at > ? AND occurred_at > ?
            """;

    private final Connection connection;
    private final long issue;
    private final long events;
    private final long users;
    private final Instant now;

    CountedEvents(Connection connection, long issue, long events, long users, Instant now) {
        this.connection = connection;
        this.issue = issue;
        this.events = events;
        this.users = users;
        this.now = now;
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public long users() {
        return users;
    }

    @Override
    public long events(Instant after, Duration window) {
        return inWindow(after, window, 1);
    }

    @Override
    public long users(Instant after, Duration window) {
        return inWindow(after, window, 2);
    }

    private long inWindow(Instant after, Duration window, int column) {
        Instant begin = now.minus(window);
        Instant from = begin.isAfter(after) ? begin : after;
        return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql(IN_WINDOW)
                .params(issue, from.atOffset(ZoneOffset.UTC), from.atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getLong(column))
                .single();
    }
}
