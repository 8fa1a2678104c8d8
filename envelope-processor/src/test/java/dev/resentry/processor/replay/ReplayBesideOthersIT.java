package dev.resentry.processor.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deadletter.StoredDeadLetter;
import dev.resentry.storage.deadletter.StoredDeadLetter.Attempt;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.ledger.LedgerBalance;
import dev.resentry.storage.replay.ReplayRequest;
import dev.resentry.storage.rollup.RollupRebuild;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;

/** Replays beside what people decided, beside the live stream, with a bug of their own, and of what the first version left. */
@Timeout(180)
class ReplayBesideOthersIT {
    private static final String HOT = "{}\n{\"type\":\"temperature\"}\n%d\n{\"type\":\"other\"}\nx\n";

    private static ReplayedPast past;
    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        past = new ReplayedPast();
        processor = past.processor;
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    @AfterEach
    void forgetTemperatures() {
        ReplayedItems.knowsTemperatures = false;
        ReplayedItems.failsOnTemperatures = false;
        ReplayedItems.failsToStoreTemperatures = false;
        past.sql("TRUNCATE temperatures");
    }

    @Test
    void whatSomebodyDiscardedStaysSoAndTheLetterOfWhatIsStoredNowIsClosed() throws Exception {
        DataSource dataSource = processor.bean(DataSource.class);
        var desk = new DeadLetterDesk(dataSource, new DataSourceTransactionManager(dataSource));
        var letters = new DeadLetterQueries(processor.jdbc());
        ReplayedItems.failsOnTemperatures = true;
        past.send(HOT.formatted(21));
        past.send(HOT.formatted(22));
        List<StoredDeadLetter> open = letters.list(
                        new DeadLetterFilter("open", "internal", null, null), VisibleProjects.ALL, Long.MAX_VALUE, 10)
                .entries();
        assertThat(open).hasSize(2);
        StoredDeadLetter wanted = open.getFirst();
        StoredDeadLetter unwanted = open.getLast();
        assertThat(desk.discard(unwanted.id(), "ada@example.com", "from a test bench"))
                .isTrue();
        String item = "SELECT to_jsonb(i)::text FROM envelope_items i WHERE envelope_id = '%s' AND position = 0";
        List<String> discarded = past.texts(item.formatted(unwanted.envelopeId()));
        ReplayedItems.failsOnTemperatures = false;
        ReplayedItems.knowsTemperatures = true;

        JsonNode preview = past.replay(ReplayedPast.everything(true));
        assertThat(ReplayedPast.change(preview, "dead_letters")).isEqualTo("0 1 0");
        assertThat(letters.find(wanted.id()).orElseThrow().state()).isEqualTo("open");
        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(past.texts("SELECT degrees::text FROM temperatures WHERE degrees IN (21, 22)"))
                .containsExactly("22");
        assertThat(past.texts(item.formatted(unwanted.envelopeId()))).isEqualTo(discarded);
        assertThat(letters.find(unwanted.id()).orElseThrow().state()).isEqualTo("discarded");
        assertThat(letters.find(wanted.id()).orElseThrow())
                .extracting(StoredDeadLetter::state, StoredDeadLetter::resolution, StoredDeadLetter::resolvedBy)
                .containsExactly("resolved", "stored", "test");
        assertThat(letters.attempts(wanted.id()))
                .extracting(Attempt::by, Attempt::result)
                .containsExactly(tuple("processor", "dead"), tuple("test", "stored"));
        assertThat(ReplayedPast.change(result, "dead_letters")).isEqualTo("0 1 0");
        assertBalanced();
        assertThat(past.replay(ReplayedPast.everything(false)).path("tables").isEmpty())
                .isTrue();
    }

    @Test
    void anEnvelopeKeepsWhatItHasIfAnItemOfItFailsNow() throws Exception {
        ReplayedItems.knowsTemperatures = true;
        past.send(HOT.formatted(23));
        past.replay(ReplayedPast.everything(false));
        ReplayedItems.failsOnTemperatures = true;

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(result.at("/skipped/not_understood").asLong()).isPositive();
        assertThat(result.path("tables").isEmpty()).as(result.toString()).isTrue();
        assertThat(past.texts("SELECT degrees::text FROM temperatures WHERE degrees = 23"))
                .containsExactly("23");
    }

    /** By a bug of a writer, in front of which another batch was stored. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReplayThatFailsForGoodOrIsCancelledCountsWhatItChanged(boolean cancelled) throws Exception {
        UUID id = UUID.randomUUID();
        past.send(ReplayedPast.event(id, "counted anew, " + cancelled));
        past.send(HOT.formatted(24));
        long issue = past.number("SELECT issue_id FROM events WHERE event_id = '%s'", id);
        past.sql("UPDATE events SET level = 'fatal' WHERE event_id = '%s'".formatted(id));
        processor.bean(RollupRebuild.class).rebuildIssue(issue);
        String levels = "SELECT DISTINCT level FROM issue_hours WHERE issue_id = " + issue;
        assertThat(past.texts(levels)).containsExactly("fatal");
        // Read behind all others.
        past.sql("""
                UPDATE envelopes SET topic_id = gen_random_uuid()
                WHERE id IN (SELECT envelope_id FROM envelope_items WHERE type = 'temperature')
                """);
        ReplayedItems.knowsTemperatures = true;
        ReplayedItems.failsToStoreTemperatures = true;

        long job = past.jobs.enqueue(
                ReplayRequest.KIND, ReplayedPast.everything(false).json(), "test");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> past.jobs.find(job).orElseThrow().state() instanceof JobState.Queued(var _, var failure)
                        && failure != null);
        assertThat(past.texts("SELECT level FROM events WHERE event_id = '%s'".formatted(id)))
                .containsExactly("error");
        if (cancelled) {
            assertThat(past.jobs.cancel(job, "ada@example.com")).isTrue();
            past.sql("UPDATE jobs SET available_at = now() WHERE id = " + job);
        } else {
            past.sql("UPDATE jobs SET failed_steps = 4, available_at = now() WHERE id = " + job);
        }

        JobState ended = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> past.jobs.find(job).orElseThrow().state(),
                        state -> state instanceof JobState.Failed || state instanceof JobState.Cancelled);
        if (cancelled) {
            assertThat(ended).isInstanceOf(JobState.Cancelled.class);
        } else {
            assertThat(ended)
                    .isInstanceOfSatisfying(
                            JobState.Failed.class,
                            failed -> assertThat(failed.failure()).contains("no room for temperatures"));
            assertThat(past.texts("SELECT result -> 'issues' ->> 'changed' FROM jobs WHERE id = " + job))
                    .containsExactly("1");
        }
        assertThat(past.texts(levels)).containsExactly("error");
        assertThat(processor.count("replay_touched")).isZero();
    }

    @Test
    void aReplayWaitsWhileTheLiveStreamIsBehind() throws Exception {
        UUID id = UUID.randomUUID();
        past.send(ReplayedPast.event(id, "replayed after the others"));
        past.sql("UPDATE events SET title = 'wrong' WHERE event_id = '%s'".formatted(id));
        String title = "SELECT title FROM events WHERE event_id = '%s'".formatted(id);
        past.sql("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '57P03'; END $$
                """);
        past.sql("CREATE TRIGGER refuse BEFORE INSERT ON envelopes FOR EACH STATEMENT EXECUTE FUNCTION refuse()");
        long job;
        try {
            List<ProducerRecord<byte[], byte[]>> behind = new ArrayList<>();
            for (int i = 0; i <= ReplayedPast.MAX_LAG; i++) {
                Instant now = Instant.now();
                byte[] body = ReplayedPast.event(UUID.randomUUID(), "behind").getBytes(UTF_8);
                behind.add(processor.record(1, EnvelopeId.at(now), now, body));
            }
            processor.sendAll(behind);

            job = past.jobs.enqueue(
                    ReplayRequest.KIND, ReplayedPast.everything(false).json(), "test");

            Instant looked = awaitWaiting(job, Instant.EPOCH);
            awaitWaiting(job, looked);
            assertThat(past.texts(title)).containsExactly("wrong");
        } finally {
            past.sql("DROP FUNCTION refuse CASCADE");
        }
        past.resultOf(job);
        assertThat(past.texts(title)).containsExactly("replayed after the others");
        assertThat(processor.count("events WHERE title = 'behind'")).isEqualTo(ReplayedPast.MAX_LAG + 1);
    }

    /** Until it waits without a failure, and was looked at since a time; when it is looked at again. */
    private static Instant awaitWaiting(long job, Instant since) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            var found = past.jobs.find(job).orElseThrow();
                            return found.stateJson() != null
                                            && found.state() instanceof JobState.Queued(var at, var failure)
                                            && failure == null
                                    ? at
                                    : Instant.EPOCH;
                        },
                        at -> at.isAfter(since));
    }

    /** Records as the first version's gateway wrote them; rows as its processor did, without what was added since. */
    @Test
    void whatTheFirstVersionRecordedBecomesWhatItIsToday() throws Exception {
        List<UUID> envelopes = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String file : List.of(
                "java/attachment",
                "java/exception",
                "java/message",
                "node/attachment",
                "node/exception",
                "node/message")) {
            UUID id = EnvelopeId.at(Instant.now()).value();
            envelopes.add(id);
            records.add(ofVersionOne(id, file));
        }
        processor.sendAll(records);
        past.send(ReplayedPast.event(UUID.randomUUID(), "behind the recorded ones"));
        Map<String, List<String>> today = past.rows();
        String ids = String.join("', '", envelopes.stream().map(UUID::toString).toList());
        assertThat(processor.count("events WHERE envelope_id IN ('%s')".formatted(ids)))
                .isEqualTo(envelopes.size());
        past.sql("""
                UPDATE events SET transaction = NULL, user_hash = NULL, trace_id = NULL, handled = NULL, sdk_name = NULL,
                                  sdk_version = NULL, error_type = NULL
                WHERE envelope_id IN ('%s')
                """.formatted(ids));
        past.sql("DELETE FROM attachments WHERE envelope_id IN ('%s')".formatted(ids));
        String issues = "SELECT issue_id FROM events WHERE envelope_id IN ('%s')".formatted(ids);
        for (String table : List.of("issue_hours", "issue_users", "issue_tags", "issue_tag_keys", "issue_releases")) {
            past.sql("DELETE FROM %s WHERE issue_id IN (%s)".formatted(table, issues));
        }
        past.sql("UPDATE issues SET users_affected = 0 WHERE id IN (%s)".formatted(issues));
        past.sql("""
                UPDATE envelopes SET topic_id = NULL, limited = NULL, answered_event_id = NULL WHERE id IN ('%s')
                """.formatted(ids));

        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(ReplayedPast.change(result, "events")).isEqualTo("0 6 0");
        assertThat(ReplayedPast.change(result, "attachments")).isEqualTo("2 0 0");
        Map<String, List<String>> replayed = past.rows();
        today.remove("envelopes");
        replayed.remove("envelopes");
        assertThat(replayed).isEqualTo(today);
    }

    /** A header is a name and bytes; these are the ones of version 1, in letters, as WireTest has them. */
    private static ProducerRecord<byte[], byte[]> ofVersionOne(UUID id, String file) throws Exception {
        byte[] body;
        try (InputStream in = ReplayBesideOthersIT.class.getResourceAsStream("/recorded/%s.envelope".formatted(file))) {
            body = in.readAllBytes();
        }
        long receivedAt = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        var record = new ProducerRecord<byte[], byte[]>(processor.topic("envelopes"), body);
        Map<String, String> headers = Map.of(
                "version", "1",
                "envelope-id", id.toString(),
                "project-id", "1",
                "public-key", "e12d836b15bb49d7bbf99e64295d995b",
                "received-at", Long.toString(receivedAt),
                "endpoint", "envelope");
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        if (file.startsWith("java")) {
            record.headers().add("content-encoding", "gzip".getBytes(UTF_8));
        }
        return record;
    }

    private static void assertBalanced() {
        LedgerBalance balance = processor.balance();
        assertThat(balance.envelopes().difference()).isZero();
        assertThat(balance.items().difference()).isZero();
        assertThat(past.texts("""
                SELECT concat_ws(' ', category, outcome, reason, sum(items), sum(quantity))
                FROM outcome_totals WHERE source = 'processor'
                GROUP BY project_id, category, outcome, reason HAVING sum(items) <> 0 ORDER BY 1
                """)).isEqualTo(past.texts("""
                SELECT concat_ws(' ', category, outcome, coalesce(drop_reason, ''), count(*), sum(quantity))
                FROM envelope_items GROUP BY project_id, category, outcome, drop_reason ORDER BY 1
                """));
    }
}
