package dev.resentry.processor.regroup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.regroup.Regroup;
import dev.resentry.storage.regroup.Regroup.Rules;
import dev.resentry.storage.regroup.Regroup.Sums;
import dev.resentry.storage.regroup.RegroupState;
import dev.resentry.storage.regroup.RegroupStore;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A regroup by real rules in a running processor, beside live events: previewed, applied, undone. */
@Timeout(240)
class RegroupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Author ANN = new Author(1, "Ann", "ann@example.com");
    private static final String FORMER_STRATEGY = "resentry:2026-11-20";

    /** Two issues become one, and one becomes two. */
    private static final Rules RULES = new Rules("""
            type:ReadTimeout -> timeouts title="Timeouts"
            type:ConnectTimeout -> timeouts title="Timeouts"
            type:Odd value:"*71*" -> odd, special
            """, "");

    private static RunningProcessor processor;
    private static RegroupStore regroups;
    private static TransactionTemplate transaction;
    private static KafkaConsumer<byte[], byte[]> reader;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        regroups = new RegroupStore(processor.jdbc(), processor.bean(JobStore.class));
        transaction = new TransactionTemplate(new DataSourceTransactionManager(processor.bean(DataSource.class)));
        reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.shared().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partition = new TopicPartition(processor.topic("events"), 0);
        reader.assign(List.of(partition));
        reader.seekToBeginning(List.of(partition));
    }

    @AfterAll
    static void stop() {
        reader.close();
        processor.close();
    }

    @Test
    void aRegroupIsPreviewedAppliedAndUndoneBesideLiveEvents() throws Exception {
        List<String> sent = new ArrayList<>();
        // So many that the issue stays the largest, whatever comes meanwhile before the rules change.
        send(sent, "ReadTimeout", "after 30 s", 300, "u1");
        send(sent, "ConnectTimeout", "after 5 s", 3, "u2");
        send(sent, "Odd", "82 apples", 5, "u3");
        send(sent, "Odd", "71 apples", 2, "u4");
        send(sent, "Former", "of long ago", 2, "u5");
        // As a release with the former strategy filed them.
        processor
                .jdbc()
                .sql("UPDATE events SET strategy = :former WHERE title LIKE 'Former%'")
                .param("former", FORMER_STRATEGY)
                .update();
        processor.jdbc().sql("""
                        UPDATE issue_hashes SET strategy = :former
                        WHERE issue_id = (SELECT id FROM issues WHERE title LIKE 'Former%')
                        """).param("former", FORMER_STRATEGY).update();
        processor.jdbc().sql("UPDATE issues SET status = 'ignored'").update();
        assertThat(issues()).containsExactly("ReadTimeout 300 1", "ConnectTimeout 3 1", "Odd 7 2", "Former 2 1");
        assertThat(newIssuesTold()).hasSize(4);
        Map<String, List<String>> before = rows(sent);

        Regroup regroup =
                transaction.execute(_ -> regroups.preview(1, Grouping.STRATEGY, RULES, Duration.ofDays(14), ANN)
                        .orElseThrow());
        regroup = ended(regroup, RegroupState.PREVIEWED);

        assertThat(regroup.events()).isEqualTo(312);
        assertThat(regroup.sums()).isEqualTo(new Sums(4, 4, 1, 1));
        assertThat(rows(sent)).as("a preview changes nothing").isEqualTo(before);

        Regroup previewed = regroup;
        assertThat(transaction.<Boolean>execute(_ -> regroups.apply(previewed, ANN)))
                .isTrue();
        List<String> meanwhile = new ArrayList<>();
        while (regroups.find(regroup.id()).orElseThrow().state() == RegroupState.APPLYING) {
            send(meanwhile, "ConnectTimeout", "after 5 s", 1, "u6");
            send(meanwhile, "Odd", "71 apples", 1, "u6");
        }
        regroup = ended(regroup, RegroupState.APPLIED);
        send(meanwhile, "ReadTimeout", "after 30 s", 1, "u7");
        send(meanwhile, "Odd", "71 apples", 1, "u7");

        int each = meanwhile.size() / 2;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(issues())
                        .containsExactly(
                                "Timeouts %d 4".formatted(303 + each),
                                "Odd 5 1",
                                "Former 2 1",
                                "Odd %d 3".formatted(2 + each)));
        assertThat(titles("Timeouts")).isEqualTo(303 + each);
        assertThat(texts("SELECT DISTINCT strategy FROM events")).containsExactly(Grouping.STRATEGY);
        assertThat(texts("SELECT status FROM issues ORDER BY id"))
                .containsExactly("ignored", "ignored", "ignored", "unresolved");
        assertThat(texts("SELECT count(*)::text FROM merged_issues")).containsExactly("1");
        assertThat(
                        texts(
                                "SELECT sum(events)::text FROM issue_tags WHERE key = 'who' GROUP BY issue_id ORDER BY issue_id"))
                .containsExactly(String.valueOf(303 + each), "5", "2", String.valueOf(2 + each));
        assertThat(newIssuesTold()).as("nothing that alerts").isEmpty();

        Regroup applied = regroup;
        assertThat(transaction.<Boolean>execute(_ -> regroups.undo(applied, ANN)))
                .isTrue();
        regroup = ended(regroup, RegroupState.UNDONE);
        send(meanwhile, "Odd", "71 apples", 1, "u8");

        assertThat(rows(sent)).as("the events are as they were").isEqualTo(before);
        assertThat(issues())
                .containsExactly(
                        "ReadTimeout 301 2",
                        "ConnectTimeout %d 2".formatted(3 + each - 1),
                        "Odd %d 5".formatted(7 + each + 1),
                        "Former 2 1");
        assertThat(newIssuesTold()).as("nothing that alerts").isEmpty();
        assertThat(regroup.failure()).isNull();
    }

    private static Regroup ended(Regroup regroup, RegroupState wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> regroups.find(regroup.id()).orElseThrow(),
                        found -> found.state() == wanted || found.failure() != null);
    }

    /** Sends events and waits until they are stored. */
    private static void send(List<String> sent, String type, String value, int count, String user) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = UUID.randomUUID().toString();
            sent.add(id);
            Instant now = Instant.now();
            records.add(processor.record(
                    1, EnvelopeId.at(now), now, """
                    {"event_id":"%s"}
                    {"type":"event"}
                    {"exception":{"values":[{"type":"%s","value":"%s","stacktrace":{"frames":[\
                    {"function":"%s","module":"shop","in_app":true}]}}]},"user":{"id":"%s"},"tags":{"who":"%s"}}
                    """.formatted(id.replace("-", ""), type, value, type, user, user)
                            .getBytes(UTF_8)));
        }
        processor.sendAll(records);
        await().atMost(PATIENCE)
                .until(() -> processor.count("events WHERE event_id = '%s'".formatted(sent.getLast())) == 1);
    }

    /** Type, events and users of all issues, by their ids. */
    private static List<String> issues() {
        return texts(
                "SELECT split_part(title, ':', 1) || ' ' || event_count || ' ' || users_affected FROM issues ORDER BY id");
    }

    private static long titles(String title) {
        return processor.count("events WHERE title = '%s'".formatted(title));
    }

    /** Rows of the events that were sent first, and of their issues with what is known of them. */
    private static Map<String, List<String>> rows(List<String> events) {
        Map<String, List<String>> rows = new TreeMap<>();
        rows.put(
                "events",
                processor
                        .jdbc()
                        .sql("SELECT to_jsonb(e)::text FROM events e WHERE event_id = ANY (:ids::uuid[]) ORDER BY 1")
                        .param("ids", events.toArray(String[]::new))
                        .query(String.class)
                        .list());
        rows.put("issues", texts("SELECT id || title || status FROM issues ORDER BY id"));
        rows.put("issue_hashes", texts("SELECT strategy || hash || issue_id FROM issue_hashes ORDER BY 1"));
        rows.put("merged_issues", texts("SELECT issue_id::text FROM merged_issues"));
        return rows;
    }

    /** Of the records since the last call, those from which an alert could be made. */
    private static List<ProcessedRecord> newIssuesTold() {
        await().atMost(PATIENCE).until(() -> processor.count("events_outbox") == 0);
        List<ProcessedRecord> told = new ArrayList<>();
        var records = reader.poll(Duration.ofSeconds(2));
        while (!records.isEmpty()) {
            records.forEach(record -> {
                ProcessedRecord read = ProcessedRecordJson.read(record.value()).orElseThrow();
                if (read instanceof IssueActivity && read.origin().cause() == Cause.LIVE) {
                    told.add(read);
                }
            });
            records = reader.poll(Duration.ofSeconds(1));
        }
        return told;
    }

    private static List<String> texts(String query) {
        return processor.jdbc().sql(query).query(String.class).list();
    }
}
