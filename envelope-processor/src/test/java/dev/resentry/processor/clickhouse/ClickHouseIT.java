package dev.resentry.processor.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.read.ClickHouseReadConfiguration;
import dev.resentry.model.search.SearchParser;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.service.health.Health;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.deletion.IssueDeletion;
import dev.resentry.storage.deletion.TopicCopy;
import dev.resentry.storage.explore.ExploreCopy;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExplorePosition;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSeries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import dev.resentry.storage.explore.ExploreSort;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.job.JobRunner;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.replay.ReplayRequest;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import dev.resentry.storage.search.SearchContext;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCopy;
import dev.resentry.storage.session.SessionQueries;
import dev.resentry.testsupport.server.TestServers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * What is stored is copied to the engine of ClickHouse, once, and questions have the same answers there as in PostgreSQL. Needs a Python
 * with package chdb.
 */
@Timeout(300)
@Tag("campaign")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClickHouseIT {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Map<String, Integer> SENT =
            Map.of("events", 4, "transactions", 2, "spans", 4, "logs", 3, "session_hours", 1);

    /** A dataset, a query, fields and what both must answer. */
    private static final List<Question> QUESTIONS = List.of(
            new Question("events", "", "level,count()", "error 3|fatal 1"),
            new Question("events", "level:error", "browser,count()", "Firefox 2|Chrome 1"),
            new Question("events", "!browser:Firefox", "level,count()", "error 1|fatal 1"),
            new Question("events", "browser:[Firefox,Chrome] has:release", "release,count()", "shop@1.0 2|shop@1.1 1"),
            new Question("events", "!has:release", "count()", "1"),
            new Question("events", "tags[cart,number]:>8", "count(),avg(tags[cart,number])", "2 11.25"),
            new Question(
                    "events",
                    "",
                    "p50(tags[cart,number]),sum(tags[cart,number]),max(tags[cart,number])",
                    "10 29.5 12.5"),
            new Question("events", "payment", "count(),count_unique(user)", "2 2"),
            new Question("events", "100%", "count()", "2"),
            new Question("events", "user:id:7", "level,count()", "error 1|fatal 1"),
            new Question("events", "user.email:*@example.com OR level:fatal", "count()", "2"),
            new Question("events", "message:\"pay*failed*\"", "count()", "2"),
            new Question("events", "environment:\"\"", "count()", "0"),
            new Question("events", "received:-1h", "count()", "4"),
            new Question("events", "", "project,count(),epm()", "one 4 0.03333"),
            new Question("events", "browser:Nobody", "level,count()", ""),
            new Question("events", "", "user,count()", "id:7 2|id:8 1|id:9 1"),
            new Question("events", "error.handled:false", "count()", null),
            new Question(
                    "transactions",
                    "",
                    "transaction,count(),p95(transaction.duration),failure_rate()",
                    "/pay 2 290 0.5"),
            new Question("transactions", "transaction.duration:>200", "transaction.status,count()", "internal_error 1"),
            new Question("transactions", "measurements.lcp:>1s", "avg(measurements.lcp)", "1200"),
            new Question("spans", "span.op:db", "span.op,count(),min(span.duration)", "db 2 10"),
            new Question("spans", "", "span.op,transaction,count()", "db /pay 2|http /pay 2"),
            new Question("logs", "level:warn", "level,count()", "warn 1"),
            new Question("logs", "disk", "count()", "2"),
            new Question("logs", "", "host,count()", "a 2|b 1"));

    private static ChdbServer clickHouse;
    private static RunningProcessor processor;
    private static ExploreQueries rows;
    private static ExploreSeriesQueries rowSeries;

    /** @param expected the values of each row; null if only that both answer the same */
    record Question(String dataset, String query, String fields, String expected) {}

    @BeforeAll
    static void start() throws Exception {
        clickHouse = ChdbServer.start();
        processor = new RunningProcessor(
                List.of("--resentry.clickhouse.url=" + clickHouse.url()), ClickHouseReadConfiguration.class);
        var reads =
                new BoundedReads(processor.jdbc(), new DataSourceTransactionManager(processor.bean(DataSource.class)));
        rows = new ExploreQueries(processor.jdbc(), new SearchCompiler(), reads);
        rowSeries = new ExploreSeriesQueries(processor.jdbc(), new SearchCompiler(), reads, rows);
        SentData.all().forEach(body -> {
            try {
                processor.send(body);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        awaitCopied(SENT);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (processor != null) {
            processor.close();
        }
        if (clickHouse != null) {
            clickHouse.stop();
        }
    }

    static Stream<Arguments> questions() {
        return QUESTIONS.stream().map(question -> Arguments.of(question));
    }

    @ParameterizedTest
    @MethodSource("questions")
    @Order(1)
    void answersAsPostgresDoes(Question question) {
        ExploreDataset dataset = ExploreDataset.of(question.dataset());
        ExploreFilter filter = filter(dataset, question.query());
        List<ExploreField> fields = Stream.of(question.fields().split(","))
                .reduce((List<String>) new ArrayList<String>(), ClickHouseIT::joined, (a, _) -> a)
                .stream()
                .map(text -> ExploreField.parse("field", text, dataset))
                .toList();
        ExploreSort sort = ExploreSort.parse(null, fields, dataset);

        ExplorePage ofRows = rows.list(filter, fields, sort, null, 100, WITHIN);
        var copied = processor.bean(ExploreCopy.class).list(filter, fields, sort, null, 100, WITHIN);

        if (question.expected() == null) {
            assertThat(copied)
                    .as("a question about elements is left to PostgreSQL")
                    .isEmpty();
            return;
        }
        assertThat(text(ofRows)).isEqualTo(question.expected());
        assertThat(copied).hasValueSatisfying(page -> assertThat(text(page)).isEqualTo(question.expected()));
    }

    /** A comma between brackets parts nothing. */
    private static List<String> joined(List<String> fields, String part) {
        if (!fields.isEmpty()
                && fields.getLast().contains("[")
                && !fields.getLast().contains("]")) {
            fields.set(fields.size() - 1, fields.getLast() + "," + part);
        } else {
            fields.add(part);
        }
        return fields;
    }

    @Test
    @Order(1)
    void pagesAsPostgresDoes() {
        for (String dataset : List.of("events", "transactions", "spans", "logs")) {
            for (String sort : new String[] {null, "timestamp", "-received"}) {
                assertThat(pages(dataset, sort, true)).as(dataset).isEqualTo(pages(dataset, sort, false));
            }
        }
    }

    private static List<Map<String, Object>> pages(String word, String sort, boolean copied) {
        ExploreDataset dataset = ExploreDataset.of(word);
        List<ExploreField> fields = Stream.of("id", "timestamp", "received", "project", "trace")
                .map(text -> ExploreField.parse("field", text, dataset))
                .toList();
        ExploreSort by = ExploreSort.parse(sort, fields, dataset);
        List<Map<String, Object>> all = new ArrayList<>();
        ExplorePosition behind = null;
        do {
            ExplorePage page = copied
                    ? processor
                            .bean(ExploreCopy.class)
                            .list(filter(dataset, ""), fields, by, behind, 1, WITHIN)
                            .orElseThrow()
                    : rows.list(filter(dataset, ""), fields, by, behind, 1, WITHIN);
            all.addAll(page.rows());
            behind = page.next();
        } while (behind != null);
        return all;
    }

    @Test
    @Order(1)
    void drawsSeriesAsPostgresDoes() {
        ExploreDataset dataset = ExploreDataset.EVENTS;
        ExploreFilter filter = filter(dataset, "has:release");
        List<ExploreField.Aggregate> figures = Stream.of("count()", "count_unique(user)", "epm()")
                .map(text -> (ExploreField.Aggregate) ExploreField.parse("y", text, dataset))
                .toList();
        List<ExploreField.Column> group =
                List.of((ExploreField.Column) ExploreField.parse("group", "release", dataset));

        for (List<ExploreField.Column> by : List.of(group, List.<ExploreField.Column>of())) {
            List<ExploreSeries> ofRows =
                    rowSeries.series(filter, figures, by, 5, filter.from(), Duration.ofMinutes(10), WITHIN);
            assertThat(ofRows).isNotEmpty();
            assertThat(processor
                            .bean(ExploreCopy.class)
                            .series(filter, figures, by, 5, filter.from(), Duration.ofMinutes(10), WITHIN))
                    .hasValue(ofRows);
        }
    }

    @Test
    @Order(1)
    void countsSessionsAsPostgresDoes() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var sessions = new SessionQueries(processor.jdbc());
        for (Duration interval : List.of(Duration.ofHours(1), Duration.ofMinutes(5))) {
            var buckets = new SessionBuckets(
                    hour.minus(interval.multipliedBy(12)), hour.plus(interval.multipliedBy(12)), interval);
            for (String release : new String[] {null, "shop@1.0", "shop@none"}) {
                assertThat(processor.bean(SessionCopy.class).series(1, release, Set.of("production"), buckets))
                        .isEqualTo(sessions.series(1, release, Set.of("production"), buckets));
            }
        }
        assertThat(sessions.series(
                                1,
                                null,
                                null,
                                new SessionBuckets(hour, hour.plus(1, ChronoUnit.HOURS), Duration.ofHours(1)))
                        .getFirst()
                        .sessions())
                .isPositive();
    }

    @Test
    @Order(2)
    void whatIsDeliveredAgainChangesNoNumber() throws Exception {
        var partitions = new ArrayList<TopicPartition>();
        List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestServers.shared().bootstrapServers());
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.partitionsFor(processor.topic("events"))
                    .forEach(partition -> partitions.add(new TopicPartition(partition.topic(), partition.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (again.size() < all) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record ->
                                again.add(new ProducerRecord<>(record.topic(), record.key(), record.value())));
            }
            for (ProducerRecord<byte[], byte[]> record : again) {
                producer.send(record).get();
            }
        }
        long versions = number("SELECT count() FROM events");
        await().atMost(WITHIN).until(() -> number("SELECT count() FROM events") > versions);
        awaitCopied(SENT);
    }

    @Test
    @Order(3)
    void nothingWaitsWhileItIsAwayAndItGoesOnByItself() throws Exception {
        long events = processor.count("events");
        clickHouse.stop();
        processor.send(SentData.event("away", "error", "shop@1.0", "Firefox", 1, "9"));

        await().atMost(WITHIN).until(() -> processor.count("events") == events + 1);
        await().atMost(WITHIN).untilAsserted(() -> {
            Health.Readiness ready = processor.bean(Health.class).ready();
            assertThat(ready.checks().get("clickhouse").status()).isEqualTo("degraded");
            assertThat(ready.httpStatus()).isEqualTo(200);
        });

        clickHouse.resume();
        await().atMost(Duration.ofSeconds(60)).until(() -> number("SELECT count() FROM events FINAL") == events + 1);
        await().atMost(WITHIN)
                .until(() -> processor
                        .bean(Health.class)
                        .ready()
                        .checks()
                        .get("clickhouse")
                        .status()
                        .equals("ok"));
    }

    @Test
    @Order(4)
    void aReplayFillsACopyThatIsNew() {
        Map<String, Integer> before = copied();
        before.keySet().forEach(table -> client().execute("TRUNCATE TABLE " + table, Map.of()));
        Instant now = Instant.now();

        JobStore jobs = processor.bean(JobStore.class);
        long job = jobs.enqueue(
                ReplayRequest.KIND,
                new ReplayRequest(
                                now.minus(1, ChronoUnit.HOURS), now.plusSeconds(60), List.of(), List.of(), false, true)
                        .json(),
                "test");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.find(job).orElseThrow().state() instanceof JobState.Succeeded);

        awaitCopied(before);
    }

    @Test
    @Order(5)
    void whatIsDeletedIsDeletedFromTheCopy() throws Exception {
        JobStore jobs = processor.bean(JobStore.class);
        var source = processor.bean(DataSource.class);
        var deletion = new IssueDeletion(
                source,
                new DataSourceTransactionManager(source),
                jobs,
                new DeletionReport(processor.jdbc(), new TopicCopy(Duration.ofDays(30))));
        long issue = number("SELECT issue_id FROM events FINAL WHERE level = 'fatal'");

        assertThat(deletion.start(1, List.of(issue), new Author(1, "Ann", "ann@example.com")))
                .isPresent();
        while (new JobRunner(jobs, List.of(deletion)).runNext(() -> false)) {
            // Until no job is left.
        }

        await().atMost(WITHIN).until(() -> number("SELECT count() FROM events FINAL WHERE level = 'fatal'") == 0);
        assertThat(number("SELECT count() FROM events FINAL")).isEqualTo(processor.count("events"));
    }

    private static ExploreFilter filter(ExploreDataset dataset, String query) {
        Instant now = Instant.now();
        return new ExploreFilter(
                dataset,
                SearchParser.parse(query),
                SearchContext.of(now, null, new VisibleProjects(Set.of(1L, 2L))),
                now.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS),
                now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
    }

    private static String text(ExplorePage page) {
        return page.rows().stream()
                .map(row -> row.values().stream()
                        .map(ClickHouseIT::text)
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""))
                .reduce((a, b) -> a + "|" + b)
                .orElse("");
    }

    private static String text(Object value) {
        return value instanceof Double number
                ? BigDecimal.valueOf(number)
                        .setScale(5, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    private static ClickHouseClient client() {
        return processor.bean(ClickHouseClient.class);
    }

    private static long number(String sql) {
        return client().query(sql, Map.of(), WITHIN).getFirst().path(0).asLong();
    }

    private static Map<String, Integer> copied() {
        Map<String, Integer> counts = new TreeMap<>();
        SENT.keySet().forEach(table -> counts.put(table, (int) number("SELECT count() FROM " + table + " FINAL")));
        return counts;
    }

    private static void awaitCopied(Map<String, Integer> expected) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(copied()).containsAllEntriesOf(expected));
    }
}
