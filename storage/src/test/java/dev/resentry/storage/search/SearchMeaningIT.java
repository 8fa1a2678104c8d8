package dev.resentry.storage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchParser;
import dev.resentry.storage.Page;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What queries find in PostgreSQL, beside what the plainest search finds in the same issues and events. */
class SearchMeaningIT {
    private static final int QUERIES = TestSize.of(200, 2_000);
    private static final int STRANGE_QUERIES = TestSize.of(300, 3_000);

    private static final SearchWorld WORLD = new SearchWorld(5_000, 15);
    /** So that some values are in few of its issues, others in many. */
    private static final SearchCompiler COMPILER = new SearchCompiler(300);

    private static HikariDataSource pool;
    private static JdbcClient jdbc;

    @BeforeAll
    static void fill() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        WORLD.store(new JdbcTemplate(pool));
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void findsTheEventsThatAQueryMeans() {
        var slow = new SlowSearch(false);
        for (int seed = 0; seed < QUERIES; seed++) {
            String query = RandomQueries.query(new Random(seed));
            SearchNode node = SearchParser.parse(query);

            assertThat(events(query))
                    .as("seed %d: %s", seed, query)
                    .isEqualTo(WORLD.events.stream()
                            .filter(event -> slow.matches(node, event))
                            .map(SearchWorld.Event::id)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void findsTheIssuesOfWhichAnEventIsMeant() {
        var slow = new SlowSearch(true);
        for (int seed = 0; seed < QUERIES; seed++) {
            var random = new Random(1_000_000 + seed);
            String query = RandomQueries.query(random);
            SearchNode node = SearchParser.parse(query);

            assertThat(issues(query, context()))
                    .as("seed %d: %s", seed, query)
                    .isEqualTo(WORLD.events.stream()
                            .filter(event -> slow.matches(node, event))
                            .map(event -> event.issue().id())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void looksAtEventsOfTheWindowAndTheEnvironmentsOnly() {
        var slow = new SlowSearch(true);
        var from = SearchWorld.NOW.minus(Duration.ofHours(30));
        var to = SearchWorld.NOW.minus(Duration.ofHours(6));
        SearchContext context = new SearchContext(
                        SearchWorld.NOW, SearchWorld.ME, VisibleProjects.ALL, Set.of("production", ""))
                .within(from, to);
        for (String query : List.of(
                "!level:info",
                "browser.name:Safari error.type:TypeError",
                "NOT (release:latest)",
                "user.id:7 or level:fatal")) {
            SearchNode node = SearchParser.parse(query);

            assertThat(issues(query, context))
                    .as(query)
                    .isEqualTo(WORLD.events.stream()
                            .filter(event ->
                                    !event.at().isBefore(from) && event.at().isBefore(to))
                            .filter(event -> !"staging".equals(event.environment()))
                            .filter(event -> slow.matches(node, event))
                            .map(event -> event.issue().id())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void findsAnEventByItsIdAndAnIssueByItsShortId() {
        SearchWorld.Event event = WORLD.events.get(40);
        String id = event.id().toString();

        assertThat(events(id)).containsExactly(event.id());
        assertThat(events(id.replace("-", ""))).containsExactly(event.id());
        assertThat(events("id:" + id)).containsExactly(event.id());
        assertThat(issues(id.replace("-", ""), context()))
                .contains(event.issue().id());
        assertThat(issues("WEB-7", context())).contains(7L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "is:unknown | 'is' cannot be 'unknown'",
                "is:[new, resolved] | 'is:' takes no list",
                "level:loud | 'level' cannot be 'loud', at character 7 (expected: one of debug, error, fatal, info,"
                        + " warning)",
                "timesSeen:many | 'timesSeen' cannot be 'many', at character 11 (expected: a number, such as 100,"
                        + " 1.5k, 2m or 3b)",
                "firstSeen:yesterday | 'firstSeen' cannot be 'yesterday'",
                "timestamp:2026-13-40 | 'timestamp' cannot be '2026-13-40'",
                "error.handled:maybe | 'error.handled' cannot be 'maybe', at character 15 (expected: true or false, or"
                        + " 1 or 0)",
                "trace:xyz | 'trace' cannot be 'xyz', at character 7 (expected: 32 hex digits)",
                "issue:what? | 'issue' cannot be 'what?'",
                "release.version:>two | 'release.version' cannot be '>two'",
                "release.stage:new | 'release.stage' cannot be 'new', at character 15 (expected: one of adopted,"
                        + " low_adoption, replaced)",
                "count():>5 | 'count()' is a figure of a group, and this is a search for single rows",
            })
    void saysWhatAFieldCannotBe(String line) {
        String[] parts = line.split(" [|] ");

        assertThatThrownBy(() -> events(parts[0]))
                .isInstanceOf(SearchFault.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void takesTheWordsOfAllItsFields() {
        for (SearchDataset dataset :
                List.of(SearchDataset.ISSUES, SearchDataset.EVENTS, SearchDataset.TRANSACTIONS, SearchDataset.SPANS)) {
            for (SearchField field : dataset.fields()) {
                String value = field.words().isEmpty()
                        ? example(field.kind())
                        : field.words().getFirst();
                for (String query :
                        List.of(field.name() + ":" + value, "!has:" + field.name(), "!" + field.name() + ":" + value)) {
                    assertThatCode(() -> rows(query, dataset))
                            .as("%s %s", dataset, query)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private static String example(SearchKind kind) {
        return switch (kind) {
            case TEXT, PHRASE, WORD -> "7";
            case NUMBER -> ">1.5k";
            case DURATION -> "<=2min";
            case SIZE -> ">1.5mib";
            case DATE -> "-24h";
            case BOOLEAN -> "true";
            case UUID -> "0123456789abcdef0123456789abcdef";
            case ASSIGNEE -> "me";
        };
    }

    /** Values and keys are parameters, whatever is in them. */
    @Test
    void takesNothingOfAQueryForSql() {
        List<String> attacks = List.of(
                "'; DROP TABLE events; --",
                "' OR '1'='1",
                "\\'; SELECT pg_sleep(60); --",
                "$1",
                ":q1",
                "?",
                "{0}",
                "%",
                "_",
                "\\",
                "';--",
                "x' UNION SELECT 1 --",
                "/* */",
                "$$",
                "E'\\x27'",
                "' || pg_sleep(60) || '",
                "0) OR (1=1",
                "a}','{b",
                "@",
                "$name");
        for (String attack : attacks) {
            String quoted = "\"" + attack.replace("\"", "\\\"") + "\"";
            for (String query : List.of(
                    quoted,
                    "message:" + quoted,
                    "title:[" + quoted + ", x]",
                    quoted + ":x",
                    "tags[x]:" + quoted,
                    "has:" + quoted,
                    "tags[" + attack.replaceAll("[\\]\",]", "") + "]:" + quoted,
                    "tags[" + attack.replaceAll("[\\]\",]", "") + ",number]:>1",
                    "flags[" + attack.replaceAll("[\\]\",]", "") + "]:true",
                    "release:" + quoted,
                    "user:" + quoted,
                    "assigned:" + quoted,
                    "project:" + quoted,
                    "error.type:*" + attack.replaceAll("[\\s\"()]", ""))) {
                assertThat(rowsOrFault(query)).as(query).isTrue();
            }
        }
        assertThat(events("")).hasSize(5_000);
    }

    @Test
    void compilesOrRefusesWhateverIsTyped() {
        String signs = "ab1 :!()[]\"\\*,<>=.-_+%'日$#@/|&?{}";
        for (int seed = 0; seed < STRANGE_QUERIES; seed++) {
            var random = new Random(seed);
            var query = new StringBuilder(RandomQueries.query(random));
            for (int i = random.nextInt(4); i > 0 && !query.isEmpty(); i--) {
                query.setCharAt(random.nextInt(query.length()), signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(rowsOrFault(query.toString()))
                    .as("seed %d: %s", seed, query)
                    .isTrue();
        }
    }

    /** Whether a query is run or refused, on issues and on events. */
    private static boolean rowsOrFault(String query) {
        for (SearchDataset dataset : List.of(SearchDataset.EVENTS, SearchDataset.ISSUES)) {
            try {
                rows(query, dataset);
            } catch (SearchFault fault) {
                assertThat(fault.getMessage()).isNotBlank();
            } catch (DataAccessException e) {
                throw new AssertionError(query, e);
            }
        }
        return true;
    }

    @Test
    void givesUpWhatTakesTooLongWhileOthersGoOn() throws Exception {
        var reads = new BoundedReads(jdbc, new DataSourceTransactionManager(pool));
        // A product of all events with wildcards takes minutes.
        SearchCondition attack = COMPILER.compile(
                SearchParser.parse("!message:*q*z*q* OR stack.function:*a*b*c*d*"), SearchDataset.EVENTS, context());
        var begun = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> slow = executor.submit(() -> reads.within(Duration.ofSeconds(2), () -> {
                begun.countDown();
                return jdbc.sql("SELECT count(*) FROM events e, events f, events g WHERE " + attack.sql())
                        .params(attack.parameters())
                        .query(Long.class)
                        .single();
            }));
            begun.await();

            assertThat(reads.within(Duration.ofSeconds(30), () -> events("level:error")))
                    .isNotEmpty();
            assertThatThrownBy(slow::get).hasCauseInstanceOf(SearchTimeoutException.class);
        }
        assertThat(jdbc.sql("SHOW statement_timeout").query(String.class).single())
                .isEqualTo("0");
    }

    @Test
    void givesPagesWithoutAGapOrATwinWhileEventsCome() {
        var queries = new EventQueries(jdbc);
        var filter = new EventFilter(
                VisibleProjects.ALL,
                null,
                null,
                null,
                compiled("level:error or level:fatal", SearchDataset.EVENTS),
                null,
                null);
        Set<UUID> before = events("level:error or level:fatal");
        Set<UUID> seen = new HashSet<>();
        Position behind = Position.NEWEST;
        Page<EventSummary> page;
        do {
            page = queries.list(filter, behind, 100);
            for (EventSummary event : page.entries()) {
                assertThat(seen.add(event.id().value())).as("twice").isTrue();
                behind = new Position(event.receivedAt(), event.id().value());
            }
            addEvent();
        } while (page.hasMore());

        assertThat(seen).containsAll(before);
        jdbc.sql("DELETE FROM events WHERE title = 'newcomer'").update();
    }

    private static void addEvent() {
        jdbc.sql("""
            INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, strategy, hash,
                                tags, payload_json)
            SELECT :at::timestamptz - random() * interval '4 days', 1, gen_random_uuid(), 1, gen_random_uuid(), :at, 'error', 'newcomer',
                   'test', ''::bytea, '{}', '{}'
            FROM generate_series(1, 5)
            """).param("at", SearchWorld.NOW.atOffset(ZoneOffset.UTC)).update();
    }

    private static SearchContext context() {
        return SearchContext.of(SearchWorld.NOW, SearchWorld.ME, VisibleProjects.ALL);
    }

    private static SearchCondition compiled(String query, SearchDataset dataset) {
        return COMPILER.compile(SearchParser.parse(query), dataset, context());
    }

    private static Set<UUID> events(String query) {
        SearchCondition condition = compiled(query, SearchDataset.EVENTS);
        return new HashSet<>(jdbc.sql("SELECT e.event_id FROM events e WHERE " + condition.sql())
                .params(condition.parameters())
                .query(UUID.class)
                .list());
    }

    private static Set<Long> issues(String query, SearchContext context) {
        SearchCondition condition = COMPILER.compile(SearchParser.parse(query), SearchDataset.ISSUES, context);
        return new TreeSet<>(jdbc.sql("SELECT i.id FROM issues i WHERE " + condition.sql())
                .params(condition.parameters())
                .query(Long.class)
                .list());
    }

    private static Optional<Long> rows(String query, SearchDataset dataset) {
        SearchCondition condition = compiled(query, dataset);
        return jdbc.sql("SELECT count(*) FROM (SELECT FROM %s %s WHERE %s LIMIT 100) AS found"
                        .formatted(dataset.name(), dataset.alias(), condition.sql()))
                .params(condition.parameters())
                .query(Long.class)
                .optional();
    }
}
