package dev.resentry.processor.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Batches on a real database: repeated, concurrent, and with data that the database refuses. */
@Timeout(120)
class EnvelopeBatchIT {
    private static final int MAX_BATCH = 300;
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final UUID TOPIC_ID = UUID.fromString("0198f3a0-1111-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");

    private static HikariDataSource pool;
    private static ExecutorService decoders;
    private static Writers writers;
    private static JdbcClient jdbc;
    private long offset;
    private EnvelopeBatch batch;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                10,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        decoders = Executors.newFixedThreadPool(2);
        writers = new Writers(3);
        jdbc = JdbcClient.create(pool);
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now()), (2, 'two', 'Two', 'deleting', 1, now(), now())
                        """).update();
        jdbc.sql("ALTER TABLE issues ADD CHECK (title <> 'refuse me')").update();
        jdbc.sql("ALTER TABLE envelopes ADD CHECK (user_agent <> 'refuse me')").update();
    }

    @AfterAll
    static void stop() {
        decoders.shutdown();
        writers.close();
        pool.close();
    }

    @BeforeEach
    void newBatch() {
        jdbc.sql("TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, dead_letters, "
                        + "dead_letter_attempts, topic_partitions, topic_fates, envelope_totals, outcome_totals")
                .update();
        var pipeline = new EnvelopePipeline(
                new BoundedDecoder(10_000_000),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                List.of(new EventHandler(1_000_000, 10)));
        batch = new EnvelopeBatch(
                new RecordReader(pipeline, decoders),
                new BatchStore(
                        pool,
                        new DataSourceTransactionManager(pool),
                        IngestStorageConfiguration.steps(new PostgresBlobStore(pool))),
                writers,
                _ -> TOPIC_ID,
                BatchObserver.NONE,
                MAX_BATCH);
    }

    @Test
    void moreRecordsThanABatchHasAreStoredInSeveral() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 2 * MAX_BATCH + 7; i++) {
            records.add(event(1, UUID.randomUUID(), "message of kind " + "abc".charAt(i % 3)));
        }

        batch.process(records);

        assertThat(count("events")).isEqualTo(2 * MAX_BATCH + 7);
        assertThat(count("issues")).isEqualTo(3);
        assertThat(jdbc.sql("SELECT sum(event_count) FROM issues")
                        .query(Long.class)
                        .single())
                .isEqualTo(2 * MAX_BATCH + 7);
    }

    @Test
    void whatIsNotBegunWhenAProcessStopsIsLeftToOthers() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 3 * MAX_BATCH; i++) {
            records.add(event(1, UUID.randomUUID(), "message"));
        }
        var begun = new AtomicInteger();
        var batches = new Batches(records, MAX_BATCH, () -> begun.getAndIncrement() < 2);
        List<Integer> takenUp = new ArrayList<>();

        batch.process(batches, some -> {
            takenUp.add(some.size());
            // Of the second one, a part was processed before.
            return takenUp.size() == 2 ? some.subList(50, MAX_BATCH) : some;
        });

        assertThat(takenUp).containsExactly(MAX_BATCH, MAX_BATCH);
        assertThat(batches.taken()).isEqualTo(2 * MAX_BATCH);
        assertThat(count("events")).isEqualTo(2 * MAX_BATCH - 50);
    }

    @Test
    void aBatchThatComesAgainChangesNothing() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(event(1, UUID.randomUUID(), "message number " + i % 3 + " of kind " + "abc".charAt(i % 3)));
        }

        batch.process(records);
        batch.process(records);
        batch.process(records.subList(40, 60));

        assertThat(count("envelopes")).isEqualTo(100);
        assertThat(count("events")).isEqualTo(100);
        assertThat(count("issues")).isEqualTo(3);
        assertThat(countedOnIssues()).isEqualTo(100);
    }

    @Test
    void processorsThatStoreTheSameEventsAtOnceStoreThemOnce() throws Exception {
        List<List<ConsumerRecord<byte[], byte[]>>> batches = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> shared = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            shared.add(event(1, UUID.randomUUID(), "issue " + "abcdefghij".charAt(i % 10)));
        }
        for (int i = 0; i < 6; i++) {
            List<ConsumerRecord<byte[], byte[]>> shuffled = new ArrayList<>(shared);
            Collections.shuffle(shuffled, new java.util.Random(i));
            batches.add(shuffled);
        }

        try (ExecutorService processors = Executors.newFixedThreadPool(batches.size())) {
            List<Future<?>> running = new ArrayList<>();
            batches.forEach(records -> running.add(processors.submit(() -> batch.process(records))));
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(count("envelopes")).isEqualTo(200);
        assertThat(count("events")).isEqualTo(200);
        assertThat(count("issues")).isEqualTo(10);
        assertThat(countedOnIssues()).isEqualTo(200);
    }

    @Test
    void partsOfABatchAreStoredInTransactionsOfTheirOwnAnIssueInOneAndAllIsAccountedFor() {
        List<ConsumerRecord<byte[], byte[]>> records = ofIssues(300, "abcdefghij");

        batch.process(records);

        assertThat(jdbc.sql("SELECT count(DISTINCT xmin::text) FROM events")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM (SELECT FROM events GROUP BY issue_id HAVING count(DISTINCT xmin::text) > 1) AS split")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(places()).containsExactly("stored 0-300, all before 300");
    }

    @Test
    void whenAPartFailsTheOthersAreStoredAndTheBatchIsAccountedForOnceItHasComeAgain() {
        List<ConsumerRecord<byte[], byte[]>> records = ofIssues(300, "abcdefghij");
        jdbc.sql("""
                        CREATE FUNCTION fail_now() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$
                        """).update();
        jdbc.sql("""
                        CREATE TRIGGER fail_now BEFORE INSERT ON issues
                        FOR EACH ROW WHEN (NEW.title = 'issue c') EXECUTE FUNCTION fail_now()
                        """).update();
        try {
            assertThatThrownBy(() -> batch.process(records)).hasMessageContaining("not now");
        } finally {
            jdbc.sql("DROP FUNCTION fail_now CASCADE").update();
        }
        assertThat(count("events")).as("of the other parts").isBetween(1L, 299L);
        assertThat(jdbc.sql("SELECT next_offset FROM topic_partitions")
                        .query(Long.class)
                        .single())
                .as("records of the part that failed come again")
                .isLessThan(300);

        batch.process(records);

        assertThat(count("events")).isEqualTo(300);
        assertThat(countedOnIssues()).isEqualTo(300);
        assertThat(places()).containsExactly("stored 0-300, all before 300");
        assertThat(jdbc.sql("SELECT sum(envelopes) FROM envelope_totals WHERE fate = 'stored'")
                        .query(Long.class)
                        .single())
                .isEqualTo(300);
    }

    @Test
    void anEventSentTwiceIsADuplicateEvenInOneBatch() {
        UUID id = UUID.randomUUID();

        batch.process(List.of(event(1, id, "a"), event(1, id, "a")));
        batch.process(List.of(event(1, id, "a")));

        assertThat(count("envelopes")).isEqualTo(3);
        assertThat(count("events")).isEqualTo(1);
        assertThat(countedOnIssues()).isEqualTo(1);
        assertThat(jdbc.sql("SELECT outcome FROM envelope_items ORDER BY outcome")
                        .query(String.class)
                        .list())
                .containsExactly("duplicate", "duplicate", "stored");
    }

    @Test
    void anEnvelopeRefusedByTheDatabaseIsFoundInItsBatchAndKeptRaw() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            records.add(event(1, UUID.randomUUID(), i == 13 ? "refuse me" : "fine"));
        }

        batch.process(records);

        assertThat(count("envelopes")).isEqualTo(20);
        assertThat(count("events")).isEqualTo(19);
        assertThat(deadLetters()).containsExactly("refused_by_database: in its envelope");
        assertThat(jdbc.sql("SELECT drop_reason FROM envelopes WHERE outcome = 'dropped'")
                        .query(String.class)
                        .list())
                .containsExactly("refused_by_database");
    }

    @Test
    void whatIsBrokenOrOfAnUnknownProjectIsADeadLetterWhatIsOfADeletedOneIsDroppedAndTheRestGoesOn() {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(1, "rubbish".getBytes(UTF_8), null),
                new ConsumerRecord<>("envelopes", 0, offset++, null, "no headers".getBytes(UTF_8)),
                event(3, UUID.randomUUID(), "of an unknown project"),
                event(2, UUID.randomUUID(), "of a deleted project"),
                event(1, UUID.randomUUID(), "fine"));

        batch.process(records);
        batch.process(records);

        assertThat(deadLetters())
                .containsExactlyInAnyOrder(
                        "invalid_envelope: in its envelope",
                        "invalid_record: no headers",
                        "unknown_project: " + new String(records.get(2).value(), UTF_8));
        assertThat(count("envelopes")).isEqualTo(2);
        assertThat(count("events")).isEqualTo(1);
    }

    @Test
    void nothingIsStoredIfADeadLetterCannotBeKept() {
        jdbc.sql("ALTER TABLE dead_letters RENAME TO dead_letters_away").update();
        try {
            assertThatThrownBy(() -> batch.process(
                            List.of(record(1, "rubbish".getBytes(UTF_8), null), event(1, UUID.randomUUID(), "fine"))))
                    .isInstanceOf(DataAccessException.class);
        } finally {
            jdbc.sql("ALTER TABLE dead_letters_away RENAME TO dead_letters").update();
        }

        assertThat(count("envelopes")).isZero();
    }

    @Test
    void anEnvelopeRefusedEvenRawIsKeptAsARecord() {
        ConsumerRecord<byte[], byte[]> odd = event(1, UUID.randomUUID(), "fine");
        odd.headers().remove(EnvelopeRecord.USER_AGENT).add(EnvelopeRecord.USER_AGENT, "refuse me".getBytes(UTF_8));
        // Headers of a stranger: any name, any bytes, none at all.
        odd.headers().add("odd\0", new byte[] {0, -1}).add("none", null);

        batch.process(List.of(event(1, UUID.randomUUID(), "fine"), odd));

        assertThat(count("envelopes")).isEqualTo(1);
        assertThat(deadLetters()).containsExactly("refused_by_database: " + new String(odd.value(), UTF_8));
        assertThat(jdbc.sql("""
                                SELECT convert_from(decode(h ->> 'value', 'base64'), 'UTF8')
                                FROM dead_letters, jsonb_array_elements(headers) h WHERE h ->> 'name' = 'user-agent'
                                """).query(String.class).single()).isEqualTo("refuse me");
        assertThat(jdbc.sql("SELECT envelope_id::text || project_id FROM dead_letters")
                        .query(String.class)
                        .single())
                .isEqualTo(new String(
                                odd.headers()
                                        .lastHeader(EnvelopeRecord.ENVELOPE_ID)
                                        .value(),
                                UTF_8)
                        + 1);
    }

    @Test
    void theSameEnvelopeOnTwoPlacesOfTheTopicIsOneDeadLetter() {
        ConsumerRecord<byte[], byte[]> first = record(1, "rubbish".getBytes(UTF_8), null);
        var second = new ConsumerRecord<byte[], byte[]>("envelopes", 3, 7, null, first.value());
        first.headers().forEach(second.headers()::add);

        batch.process(List.of(first, second));

        assertThat(deadLetters()).containsExactly("invalid_envelope: in its envelope");
    }

    @Test
    void envelopesOfPastDaysFindTheirPartition() {
        Instant lastYear = NOW.minus(400, ChronoUnit.DAYS);

        batch.process(List.of(record(1, body(UUID.randomUUID(), "old"), lastYear)));

        assertThat(jdbc.sql("SELECT received_at FROM events")
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(lastYear);
    }

    @Test
    void countsAndTimesOfAnIssueFollowItsEvents() {
        batch.process(List.of(
                record(1, timed("2026-11-20T10:00:00Z", "1.0"), null),
                record(1, timed("2026-11-20T12:00:00Z", "3.0"), null)));
        batch.process(List.of(
                record(1, timed("2026-11-20T09:00:00Z", "0.9"), null),
                record(1, timed("2026-11-20T11:00:00Z", "2.0"), null)));

        assertThat(jdbc.sql(
                                "SELECT event_count, first_seen::text, last_seen::text, first_release, last_release FROM issues")
                        .query()
                        .singleRow())
                .containsEntry("event_count", 4L)
                .containsEntry("first_release", "0.9")
                .containsEntry("last_release", "3.0");
    }

    @Test
    void anEventHasColumnsForWhatListsShow() {
        String event = """
                {"type":"event"}
                {"logentry":{"message":"Cart %s","formatted":"Cart 7\\nof 9"},"level":"warning","platform":"node",\
                "transaction":"GET /cart","release":"shop@1.4.2","environment":"staging","tags":{"role":"admin"}}
                """;

        batch.process(List.of(record(1, ("{}\n" + event).getBytes(UTF_8), null)));

        assertThat(jdbc.sql("SELECT *, tags::text AS tag_text FROM events")
                        .query()
                        .singleRow())
                .containsEntry("title", "Cart 7")
                .containsEntry("message", "Cart 7\nof 9")
                .containsEntry("culprit", "GET /cart")
                .containsEntry("level", "warning")
                .containsEntry("platform", "node")
                .containsEntry("release", "shop@1.4.2")
                .containsEntry("environment", "staging")
                .containsEntry("tag_text", "{\"role\": \"admin\"}");
    }

    private static byte[] timed(String timestamp, String release) {
        return "{}\n{\"type\":\"event\"}\n{\"message\":\"timed\",\"timestamp\":\"%s\",\"release\":\"%s\"}\n"
                .formatted(timestamp, release)
                .getBytes(UTF_8);
    }

    private ConsumerRecord<byte[], byte[]> event(long project, UUID id, String message) {
        return record(project, body(id, message), null);
    }

    private static byte[] body(UUID id, String message) {
        return "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"%s\"}\n"
                .formatted(id, message)
                .getBytes(UTF_8);
    }

    private ConsumerRecord<byte[], byte[]> record(long project, byte[] body, Instant receivedAt) {
        Instant at = receivedAt == null ? NOW : receivedAt;
        var record = new ConsumerRecord<byte[], byte[]>("envelopes", 0, offset++, null, body);
        EnvelopeRecord.headers(new Receipt(
                        EnvelopeId.at(at),
                        new ProjectId(project),
                        KEY,
                        at,
                        Endpoint.ENVELOPE,
                        null,
                        null,
                        null,
                        "test\0client",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()))
                .forEach(record.headers()::add);
        return record;
    }

    private List<ConsumerRecord<byte[], byte[]>> ofIssues(int count, String names) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(event(1, UUID.randomUUID(), "issue " + names.charAt(i % names.length())));
        }
        return records;
    }

    /** Which offsets have which fate, and up to where the ledger knows all of them. */
    private static List<String> places() {
        return jdbc.sql("""
                        SELECT f.fate || ' ' || f.first_offset || '-' || f.end_offset || ', all before ' || p.next_offset
                        FROM topic_fates f JOIN topic_partitions p USING (topic_id, partition) ORDER BY f.first_offset
                        """).query(String.class).list();
    }

    private static long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private static long countedOnIssues() {
        return jdbc.sql("SELECT sum(event_count) FROM issues").query(Long.class).single();
    }

    /** The reason of each, and where its body is: in its envelope, or the letter's own. */
    private static List<String> deadLetters() {
        return jdbc.sql("""
                        SELECT reason || ': ' || CASE WHEN e.id IS NULL THEN convert_from(d.body, 'UTF8') ELSE 'in its envelope' END
                        FROM dead_letters d LEFT JOIN envelopes e ON e.received_at = d.envelope_received_at AND e.id = d.envelope_id
                        """).query(String.class).list();
    }
}
