package dev.resentry.processor.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterDesk.Cause;
import dev.resentry.storage.deadletter.DeadLetterDesk.Started;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deadletter.StoredDeadLetter;
import dev.resentry.storage.deadletter.StoredDeadLetter.Attempt;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.ledger.LedgerBalance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Poison at every stage, and what people decide on it; the books balance throughout. */
@Timeout(120)
class DeadLetterRetryIT {
    private static final DeadLetterFilter OPEN = new DeadLetterFilter("open", null, null, null);
    private static final Cause BROKEN_HANDLER = new Cause("internal", "item", 1L);

    private static RunningProcessor processor;
    private static DeadLetterDesk desk;
    private static DeadLetterQueries letters;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor(FragileConfiguration.class);
        DataSource dataSource = processor.bean(DataSource.class);
        desk = new DeadLetterDesk(dataSource, new DataSourceTransactionManager(dataSource));
        letters = new DeadLetterQueries(processor.jdbc());
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @BeforeEach
    void breakTheHandler() {
        FragileHandler.mended = false;
    }

    /** Nobody's letters are left for the next test. */
    @AfterEach
    void discardTheRest() throws Exception {
        letters.list(OPEN, VisibleProjects.ALL, Long.MAX_VALUE, 100)
                .entries()
                .forEach(letter -> desk.discard(letter.id(), "test", "rest"));
        assertBalanced();
    }

    @Test
    void whatFailsAtAnyStageIsADeadLetterAndStoredOnceItIsMended() throws Exception {
        processor
                .jdbc()
                .sql("ALTER TABLE issues ADD CONSTRAINT odd CHECK (title <> 'refuse me')")
                .update();
        processor.sendAll(List.of(new ProducerRecord<>(processor.topic("envelopes"), "of a stranger".getBytes(UTF_8))));
        send(1, "gzip", "not compressed");
        send(1, null, "rubbish");
        send(1, null, "{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"other\"}\nx\n");
        send(1, null, "{}\n{\"type\":\"fragile\"}\n{\"message\":\"fragile\"}\n{\"type\":\"other\"}\nx\n");
        send(1, null, "{}\n{\"type\":\"event\"}\n{\"message\":\"refuse me\"}\n");
        send(7, null, "{}\n{\"type\":\"event\"}\n{\"message\":\"too early\"}\n");
        LedgerBalance before = awaitProcessed();

        assertThat(open())
                .extracting(letter -> letter.stage() + " " + letter.reason() + " " + letter.itemPosition())
                .containsExactlyInAnyOrder(
                        "decode invalid_record null",
                        "decode invalid_encoding null",
                        "split invalid_envelope null",
                        "item invalid_json 0",
                        "item internal 0",
                        "store refused_by_database null",
                        "project unknown_project null");
        StoredDeadLetter thrown = only("internal");
        assertThat(thrown.exception())
                .startsWith("java.lang.IllegalStateException: broken")
                .contains("at " + FragileHandler.class.getName() + ".handle(");
        assertThat(only("invalid_json").exception()).isNull();

        processor.jdbc().sql("ALTER TABLE issues DROP CONSTRAINT odd").update();
        processor.jdbc().sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (7, 'seven', 'Seven', 'active', 1, now(), now())
                        """).update();
        FragileHandler.mended = true;
        List<Started> retries = open().stream()
                .map(letter -> desk.retry(letter.id(), "somebody").orElseThrow())
                .toList();
        for (Started retry : retries) {
            awaitEnd(retry);
            assertBalanced();
        }

        assertThat(open())
                .as("what is broken itself fails again")
                .extracting(letter -> letter.reason() + " " + letter.attempts())
                .containsExactlyInAnyOrder(
                        "invalid_record 1", "invalid_encoding 1", "invalid_envelope 1", "invalid_json 1");
        assertThat(texts("""
                        SELECT concat_ws(' ', title, count(*)) FROM events
                        WHERE title IN ('fragile', 'refuse me', 'too early') GROUP BY title ORDER BY 1
                        """)).containsExactly("fragile 1", "refuse me 1", "too early 1");
        StoredDeadLetter mended = letters.find(thrown.id()).orElseThrow();
        assertThat(mended.state()).isEqualTo("resolved");
        assertThat(mended.resolution()).isEqualTo("stored");
        assertThat(mended.resolvedBy()).isEqualTo("somebody");
        LedgerBalance after = processor.balance();
        assertThat(before.envelopes().dead() - after.envelopes().dead()).isEqualTo(2);
        assertThat(after.envelopes().stored() - before.envelopes().stored()).isEqualTo(2);
        assertThat(before.items().dead() - after.items().dead()).isEqualTo(1);
        assertThat(after.items().found() - before.items().found()).isEqualTo(2);
    }

    @Test
    void aCauseIsRetriedByOneLetterFirstAndOneThatFailsAgainKeepsItsHistory() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(1, null, "{}\n{\"type\":\"fragile\"}\n{\"message\":\"of many\"}\n");
        }
        awaitProcessed();
        long first = open().stream().mapToLong(StoredDeadLetter::id).min().orElseThrow();

        String failed = awaitEnd(desk.retryAll(BROKEN_HANDLER, "somebody").orElseThrow());
        assertThat(failed).contains("\"dead\": 1").contains("\"left\": 2").contains("\"stored\": 0");
        assertThat(open()).extracting(StoredDeadLetter::attempts).containsExactlyInAnyOrder(1, 0, 0);
        assertBalanced();

        FragileHandler.mended = true;
        Started started = desk.retryAll(BROKEN_HANDLER, "somebody else").orElseThrow();
        assertThat(started.letters()).isEqualTo(3);
        assertThat(awaitEnd(started)).contains("\"stored\": 3").contains("\"dead\": 0");

        assertThat(letters.attempts(first))
                .extracting(Attempt::by, Attempt::result)
                .containsExactly(
                        tuple("processor", "dead"), tuple("somebody", "dead"), tuple("somebody else", "stored"));
        assertThat(processor
                        .jdbc()
                        .sql("SELECT event_count FROM issues WHERE title = 'of many'")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        assertThat(desk.retryAll(BROKEN_HANDLER, "somebody")).isEmpty();
    }

    @Test
    void aLetterOfAnEnvelopeThatCameOnceMoreInTheMeantimeIsADuplicate() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId id = EnvelopeId.at(now);
        processor.sendAll(List.of(record(id, now, 8, null, "{}\n{\"type\":\"event\"}\n{\"message\":\"again\"}\n")));
        processor.sendAll(List.of(record(id, now, 8, null, "{}\n{\"type\":\"event\"}\n{\"message\":\"again\"}\n")));
        awaitProcessed();
        processor.jdbc().sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (8, 'eight', 'Eight', 'active', 1, now(), now())
                        """).update();

        String result = awaitEnd(desk.retryAll(new Cause("unknown_project", "project", null), "somebody")
                .orElseThrow());

        assertThat(result).contains("\"stored\": 1").contains("\"duplicate\": 1");
        assertThat(processor.count("events WHERE project_id = 8")).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void whatIsDiscardedIsDroppedAndItsBodyIsGone() throws Exception {
        send(1, null, "unwanted");
        send(1, null, "{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"other\"}\nx\n");
        LedgerBalance before = awaitProcessed();
        StoredDeadLetter envelope = only("invalid_envelope");
        StoredDeadLetter item = only("invalid_json");

        assertThat(desk.discardSome(new Cause("invalid_envelope", "split", 1L), "somebody", "spam"))
                .isEqualTo(1);
        assertThat(desk.discard(item.id(), "somebody", "a broken SDK")).isTrue();
        assertThat(desk.discard(item.id(), "somebody", "twice")).isFalse();

        assertThat(letters.find(envelope.id()).orElseThrow())
                .extracting(StoredDeadLetter::state, StoredDeadLetter::resolution, StoredDeadLetter::resolvedBy)
                .containsExactly("discarded", "spam", "somebody");
        assertThat(letters.body(envelope.id())).isEmpty();
        assertThat(processor
                        .jdbc()
                        .sql("SELECT length(body) FROM envelopes WHERE id = :id")
                        .param("id", envelope.envelopeId())
                        .query(Integer.class)
                        .single())
                .isZero();
        LedgerBalance after = processor.balance();
        assertThat(before.envelopes().dead() - after.envelopes().dead()).isEqualTo(1);
        assertThat(after.envelopes().dropped() - before.envelopes().dropped()).isEqualTo(1);
        assertThat(before.items().dead() - after.items().dead()).isEqualTo(1);
        assertThat(after.items().dropped() - before.items().dropped()).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void aLetterWhoseEnvelopeHasExpiredMeanwhileEndsWithThat() throws Exception {
        send(1, null, "nothing of an envelope");
        send(1, null, "{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"other\"}\nx\n");
        LedgerBalance before = awaitProcessed();
        StoredDeadLetter envelope = only("invalid_envelope");
        StoredDeadLetter item = only("invalid_json");
        List<UUID> ids = List.of(envelope.envelopeId(), item.envelopeId());
        processor
                .jdbc()
                .sql("CREATE TABLE expired AS SELECT * FROM envelopes WHERE id IN (:ids)")
                .param("ids", ids)
                .update();
        processor
                .jdbc()
                .sql("DELETE FROM envelopes WHERE id IN (:ids)")
                .param("ids", ids)
                .update();

        for (StoredDeadLetter letter : List.of(envelope, item)) {
            assertThat(awaitEnd(desk.retry(letter.id(), "somebody").orElseThrow()))
                    .contains("\"dropped\": 1")
                    .contains("\"dead\": 0");
            assertThat(letters.find(letter.id()).orElseThrow())
                    .extracting(StoredDeadLetter::state, StoredDeadLetter::resolution, StoredDeadLetter::resolvedBy)
                    .containsExactly("resolved", "expired", "somebody");
            assertThat(letters.attempts(letter.id()))
                    .extracting(Attempt::result, Attempt::reason)
                    .containsExactly(tuple("dead", letter.reason()), tuple("dropped", "expired"));
        }

        LedgerBalance after = processor.balance();
        assertThat(before.envelopes().dead() - after.envelopes().dead()).isEqualTo(1);
        assertThat(after.envelopes().dropped() - before.envelopes().dropped()).isEqualTo(1);
        assertThat(before.items().dead() - after.items().dead()).isEqualTo(1);
        assertThat(after.items().dropped() - before.items().dropped()).isEqualTo(1);
        // For the comparison of totals with rows.
        processor
                .jdbc()
                .sql("UPDATE expired SET drop_reason = 'expired' WHERE outcome = 'dropped'")
                .update();
        processor.jdbc().sql("INSERT INTO envelopes SELECT * FROM expired").update();
    }

    private static void send(long project, @Nullable String encoding, String body)
            throws ExecutionException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        processor.sendAll(List.of(record(EnvelopeId.at(now), now, project, encoding, body)));
    }

    private static ProducerRecord<byte[], byte[]> record(
            EnvelopeId id, Instant receivedAt, long project, @Nullable String encoding, String body) {
        var record = new ProducerRecord<byte[], byte[]>(processor.topic("envelopes"), body.getBytes(UTF_8));
        EnvelopeRecord.headers(new Receipt(
                        id,
                        new ProjectId(project),
                        new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                        receivedAt,
                        Endpoint.ENVELOPE,
                        null,
                        encoding,
                        null,
                        "test",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()))
                .forEach(record.headers()::add);
        return record;
    }

    private static LedgerBalance awaitProcessed() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        processor::balance,
                        balance -> balance.envelopes().accepted() > 0
                                && balance.envelopes().inFlight() == 0
                                && balance.envelopes().difference() == 0);
    }

    /** The result of a job that succeeded. */
    private static String awaitEnd(Started started) {
        var jobs = new JobStore(processor.jdbc());
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> jobs.find(started.jobId()).orElseThrow().state() instanceof JobState.Succeeded done
                                ? done.resultJson()
                                : "",
                        result -> !result.isEmpty());
    }

    private static List<StoredDeadLetter> open() {
        return letters.list(OPEN, VisibleProjects.ALL, Long.MAX_VALUE, 100).entries();
    }

    private static StoredDeadLetter only(String reason) {
        List<StoredDeadLetter> found = letters.list(
                        new DeadLetterFilter("open", reason, null, null), VisibleProjects.ALL, Long.MAX_VALUE, 100)
                .entries();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** Both equations, and the totals held against a count of the rows. */
    private static void assertBalanced() throws Exception {
        LedgerBalance balance = processor.balance();
        assertThat(balance.envelopes().difference()).isZero();
        assertThat(balance.items().difference()).isZero();
        assertThat(texts("""
                        SELECT concat_ws(' ', project_id, category, outcome, reason, sum(items), sum(quantity))
                        FROM outcome_totals WHERE source = 'processor'
                        GROUP BY project_id, category, outcome, reason HAVING sum(items) <> 0 ORDER BY 1
                        """)).isEqualTo(texts("""
                        SELECT concat_ws(' ', project_id, category, outcome, coalesce(drop_reason, ''), count(*), sum(quantity))
                        FROM envelope_items GROUP BY project_id, category, outcome, drop_reason ORDER BY 1
                        """));
        assertThat(texts("""
                        SELECT concat_ws(' ', project_id, fate, reason, sum(envelopes)) FROM envelope_totals
                        WHERE fate IN ('stored', 'dropped') OR reason IN ('invalid_envelope', 'invalid_encoding')
                        GROUP BY project_id, fate, reason HAVING sum(envelopes) <> 0 ORDER BY 1
                        """)).isEqualTo(texts("""
                        SELECT concat_ws(' ', project_id,
                                         CASE WHEN outcome = 'stored' THEN 'stored'
                                              WHEN drop_reason IN ('discarded', 'expired') THEN 'dropped' ELSE 'dead' END,
                                         coalesce(drop_reason, ''), count(*))
                        FROM envelopes WHERE drop_reason IS DISTINCT FROM 'refused_by_database'
                        GROUP BY project_id, outcome, drop_reason ORDER BY 1
                        """));
    }

    private static List<String> texts(String query) {
        return processor.jdbc().sql(query).query(String.class).list();
    }

    @Configuration(proxyBeanMethods = false)
    static class FragileConfiguration {
        @Bean
        ItemHandler fragileHandler() {
            return new FragileHandler();
        }
    }

    /** Makes events, as soon as it is mended. */
    private static final class FragileHandler implements ItemHandler {
        private static volatile boolean mended;

        private final EventHandler events = new EventHandler(1_000_000, 10);

        @Override
        public Set<ItemType> types() {
            return Set.of(ItemType.of("fragile"));
        }

        @Override
        public ItemResult handle(EnvelopeItem item, ItemContext context) {
            if (!mended) {
                throw new IllegalStateException("broken");
            }
            return events.handle(item, context);
        }
    }
}
