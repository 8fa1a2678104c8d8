package dev.resentry.storage.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.dashboard.DashboardWindow;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.SaidTransaction;
import dev.resentry.storage.span.NewSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(120)
class PerformanceQueriesIT {
    private static Instant now;
    private static RollupDatabase database;
    private static EndpointQueries endpoints;

    @BeforeAll
    static void start() {
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        database.addProject(2);
        endpoints = new EndpointQueries(
                database.jdbc, new TransactionTemplate(new DataSourceTransactionManager(database.pool)));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc.sql("""
                        TRUNCATE envelopes, envelope_items, transactions, spans, event_identities, transaction_minutes,
                                 transaction_hours
                        """).update();
    }

    @Test
    void endpointsAreListedWithTheTimeBeforeAndSortedInPages() {
        Instant inside = now.minus(Duration.ofMinutes(20));
        Instant before = now.minus(Duration.ofMinutes(80));
        List<BatchRecord> transactions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            transactions.add(transaction(1, "GET /fast", "production", i == 0 ? "internal_error" : "ok", inside, 10));
            transactions.add(transaction(1, "GET /slower", "production", "ok", inside, 300));
            transactions.add(transaction(1, "GET /slower", "production", "ok", before, 100));
            transactions.add(transaction(1, "GET /gone", "production", "ok", before, 100));
            transactions.add(transaction(2, "POST /other", "staging", "ok", inside, 50));
        }
        database.batches.store(transactions);
        DashboardWindow hour = DashboardWindow.of(now.minus(Duration.ofHours(1)), now, now);

        List<Endpoint> all = list(VisibleProjects.ALL, null, hour, null, Endpoint.Sort.TIME_SPENT, null, 10)
                .entries();

        assertThat(all).extracting(one -> one.key().name()).containsExactly("GET /slower", "POST /other", "GET /fast");
        Endpoint slower = all.getFirst();
        assertThat(slower.now().transactions()).isEqualTo(40);
        assertThat(slower.now().totalMs()).isEqualTo(12_000);
        assertThat(slower.now().p95()).isCloseTo(300, within(3.1));
        assertThat(slower.before().p95()).isCloseTo(100, within(1.1));
        assertThat(slower.trend()).isCloseTo(3, within(0.1));
        assertThat(all.getLast().now().failureRate()).isEqualTo(1 / 40.0);
        assertThat(all.getLast().trend()).as("nothing to compare").isEqualTo(1);

        for (Endpoint.Sort sort : Endpoint.Sort.values()) {
            List<Endpoint> paged = new ArrayList<>();
            Endpoint.Place behind = null;
            Page<Endpoint> page;
            do {
                page = list(VisibleProjects.ALL, null, hour, null, sort, behind, 1);
                paged.addAll(page.entries());
                Endpoint last = page.entries().getLast();
                behind = new Endpoint.Place(sort.value(last), last.key());
            } while (page.hasMore());
            assertThat(paged)
                    .as(sort.name())
                    .isEqualTo(list(VisibleProjects.ALL, null, hour, null, sort, null, 10)
                            .entries())
                    .hasSize(3);
        }

        assertThat(names(new VisibleProjects(Set.of(2L)), null, hour, null)).containsExactly("POST /other");
        assertThat(names(VisibleProjects.ALL, Set.of("staging"), hour, null)).containsExactly("POST /other");
        assertThat(names(VisibleProjects.ALL, null, hour, "SLOW")).containsExactly("GET /slower");
        assertThat(names(VisibleProjects.ALL, null, hour, "%")).isEmpty();
        DashboardWindow week = DashboardWindow.of(now.minus(Duration.ofDays(7)), now, now);
        assertThat(names(VisibleProjects.ALL, null, week, null)).contains("GET /gone");
    }

    @Test
    void anEndpointIsShownOverTimeWithItsSamplesAndWhatTakesTheirTime() {
        Instant inside = now.minus(Duration.ofMinutes(20));
        for (int i = 1; i <= 30; i++) {
            Instant at = inside.plusMillis(i);
            database.batches.store(List.of(
                    RollupDatabase.transaction(
                            new SaidTransaction(1, "GET /cart", at, i * 10),
                            List.of(
                                    span("db", "SELECT 1", at.minusMillis(i * 10L), i * 5L),
                                    span("http.client", "GET /stock", at.minusMillis(1), 1))),
                    RollupDatabase.transaction(new SaidTransaction(1, "GET /other", at, 1_000), List.of())));
        }
        var selection = new EndpointSelection(1, "GET /cart", "http.server", "GET", Set.of("production"));
        DashboardWindow hour = DashboardWindow.of(now.minus(Duration.ofHours(1)), now, now);

        EndpointQueries.Fare fare = endpoints.fare(selection, hour);
        var samples = new EndpointSamples(database.jdbc);

        assertThat(fare.now().transactions()).isEqualTo(30);
        assertThat(fare.before().transactions()).isZero();
        assertThat(fare.intervals()).singleElement().satisfies(interval -> {
            assertThat(interval.figures()).isEqualTo(fare.now());
            assertThat(Duration.between(interval.at(), inside)).isLessThan(hour.interval());
        });
        assertThat(samples.slowest(selection, hour.from(), hour.to(), 3))
                .extracting(EndpointSamples.Sample::durationMs)
                .containsExactly(300.0, 290.0, 280.0);
        List<SlowSpan> spans = samples.slowestSpans(selection, hour.from(), hour.to(), 5);
        assertThat(spans).extracting(SlowSpan::description).containsExactly("SELECT 1", "GET /stock");
        assertThat(spans.getFirst().share()).isCloseTo(0.5, within(0.001));
        assertThat(spans.getFirst().transactions()).isEqualTo(30);
        assertThat(endpoints
                        .fare(new EndpointSelection(1, "GET /cart", "", null, null), hour)
                        .now()
                        .transactions())
                .as("of another operation")
                .isZero();
    }

    @Test
    void slowAndRepeatedStatementsAreFoundInTheNewestTransactions() {
        Instant at = now.minus(Duration.ofMinutes(20));
        List<NewSpan> spans = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            spans.add(span("db.sql.query", "SELECT * FROM items WHERE cart = " + i, at.plusMillis(20L * i), 15));
        }
        // All at once: one call for all would save nothing.
        for (int i = 0; i < 8; i++) {
            spans.add(span("db", "SELECT * FROM stock WHERE id = " + i, at.plusMillis(200), 100));
        }
        spans.add(span("http.client", "GET /stock", at, 5_000));
        var said = new SaidTransaction(1, "GET /cart", at.plusMillis(500), 500);
        database.batches.store(List.of(RollupDatabase.transaction(said, spans)));
        database.batches.store(List.of(RollupDatabase.transaction(
                new SaidTransaction(2, "GET /hidden", at, 5), List.of(span("db", "SELECT 1", at, 1)))));
        var queries = new StatementQueries(database.jdbc);

        StatementQueries.Found found =
                queries.find(new VisibleProjects(Set.of(1L)), null, now.minus(Duration.ofHours(1)), now, 10);

        assertThat(found.transactions()).isEqualTo(1);
        assertThat(found.calls()).isEqualTo(14);
        assertThat(found.slow())
                .extracting(SlowStatement::statement)
                .containsExactly("SELECT * FROM stock WHERE id = ?", "SELECT * FROM items WHERE cart = ?");
        assertThat(found.slow().getFirst().totalMs()).isEqualTo(800);
        assertThat(found.slow().getFirst().p95()).isEqualTo(100);
        assertThat(found.repeated()).singleElement().satisfies(one -> {
            assertThat(one.statement()).isEqualTo("SELECT * FROM items WHERE cart = ?");
            assertThat(one.mostCalls()).isEqualTo(6);
            assertThat(one.longestMs()).isEqualTo(90);
            assertThat(one.transaction()).isEqualTo("GET /cart");
            assertThat(one.traceId()).isEqualTo(said.trace());
        });
        assertThat(queries.find(VisibleProjects.ALL, Set.of("staging"), now.minus(Duration.ofHours(1)), now, 10)
                        .transactions())
                .isZero();
    }

    private static Page<Endpoint> list(
            VisibleProjects projects,
            @Nullable Set<String> environments,
            DashboardWindow window,
            @Nullable String words,
            Endpoint.Sort sort,
            Endpoint.@Nullable Place behind,
            int limit) {
        return endpoints.list(projects, environments, window, words, sort, behind, limit);
    }

    private static List<String> names(
            VisibleProjects projects,
            @Nullable Set<String> environments,
            DashboardWindow window,
            @Nullable String words) {
        return list(projects, environments, window, words, Endpoint.Sort.TIME_SPENT, null, 10).entries().stream()
                .map(one -> one.key().name())
                .toList();
    }

    private static BatchRecord transaction(
            long project, String name, String environment, String status, Instant at, double durationMs) {
        return RollupDatabase.transaction(
                new SaidTransaction(project, name, environment, status, at, durationMs, UUID.randomUUID()), List.of());
    }

    private static NewSpan span(String op, String description, Instant at, long durationMs) {
        return new NewSpan(
                UUID.randomUUID(),
                UUID.randomUUID().toString().substring(0, 8) + "aaaaaaaa",
                "a".repeat(16),
                null,
                false,
                op,
                description,
                null,
                null,
                at,
                at.plusMillis(durationMs),
                "{}",
                null);
    }
}
