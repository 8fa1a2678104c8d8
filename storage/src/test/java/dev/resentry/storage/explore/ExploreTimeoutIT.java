package dev.resentry.storage.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.search.SearchParser;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import dev.resentry.storage.search.SearchContext;
import dev.resentry.storage.search.SearchTimeoutException;
import dev.resentry.testsupport.server.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** No question waits longer for the database than it may. */
class ExploreTimeoutIT {
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void whatTakesTooLongIsGivenUp() throws Exception {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(address.jdbcUrl());
            pool.setUsername(address.user());
            pool.setPassword(address.password());
            new SchemaMigration(pool).migrate();
            JdbcClient jdbc = JdbcClient.create(pool);
            var reads = new BoundedReads(jdbc, new DataSourceTransactionManager(pool));
            var rows = new ExploreQueries(jdbc, new SearchCompiler(), reads);
            Instant to = Instant.parse("2026-11-18T00:00:00Z");
            var filter = new ExploreFilter(
                    ExploreDataset.EVENTS,
                    SearchParser.parse(""),
                    SearchContext.of(to, null, VisibleProjects.ALL),
                    to.minus(Duration.ofDays(1)),
                    to);
            var count = (ExploreField.Aggregate) ExploreField.parse("field", "count()", ExploreDataset.EVENTS);
            var order = new ExploreSort(count, true);
            List<ThrowingCallable> questions = List.of(
                    () -> rows.list(filter, List.of(count), order, null, 1, SHORT),
                    () -> rows.count(filter, 1, SHORT),
                    () -> new ExploreSeriesQueries(jdbc, new SearchCompiler(), reads, rows)
                            .series(filter, List.of(count), List.of(), 1, filter.from(), Duration.ofHours(1), SHORT),
                    () -> new ExploreFacetQueries(jdbc, new SearchCompiler(), reads).facets(filter, SHORT));

            try (Connection other = pool.getConnection();
                    Statement lock = other.createStatement()) {
                other.setAutoCommit(false);
                // Whoever reads the table now waits.
                lock.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE");
                for (ThrowingCallable question : questions) {
                    assertThatThrownBy(question).isInstanceOf(SearchTimeoutException.class);
                }
                other.rollback();
            }

            assertThat(rows.count(filter, 1, Duration.ofMinutes(1))).hasValue(0);
        }
    }
}
