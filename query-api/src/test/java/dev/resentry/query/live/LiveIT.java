package dev.resentry.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.user.User;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver;

/** Streams of a running API, which reads what this test puts on topic events. */
@Timeout(180)
class LiveIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final LiveFeed FEED = API.bean(LiveFeed.class);

    private static final int KEPT_TEXT = 100_000;

    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", API.settings().get("resentry.kafka.bootstrap-servers")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        // Until the reader is at the end of the topic, nothing is told.
        long project = ROWS.project("live-begin");
        try (var stream = new LiveStream(API, "/api/v1/live?project=live-begin", null)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                put(issue(project, 1, IssueActivity.Kind.NEW));
                return stream.text().contains("issue.new");
            });
        }
    }

    @AfterAll
    static void stop() {
        producer.close();
    }

    @Test
    void tellsOfIssuesToThoseWhoListenToTheirProject() throws IOException {
        long shop = ROWS.project("live-shop");
        long desk = ROWS.project("live-desk");
        try (var ofShop = new LiveStream(API, "/api/v1/live?project=live-shop", null);
                var ofAll = new LiveStream(API, "/api/v1/live", null)) {
            put(issue(desk, 11, IssueActivity.Kind.NEW));
            put(issue(shop, 12, IssueActivity.Kind.NEW));
            put(issue(shop, 13, IssueActivity.Kind.ASSIGNED));
            put(issue(shop, 14, IssueActivity.Kind.DELETED));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ofShop.text().contains("\"issue_id\":14")
                            && ofAll.text().contains("\"issue_id\":11"));

            assertThat(ofShop.text())
                    .startsWith("HTTP/1.1 200")
                    .contains("text/event-stream", "X-Accel-Buffering: no", "event: ready")
                    .contains("event: issue.new\ndata: {\"issue_id\":12,")
                    .contains("event: issue.changed\ndata: {\"issue_id\":13,")
                    .contains("\"what\":\"deleted\"")
                    .doesNotContain("\"issue_id\":11");
        }
    }

    @Test
    void whatWasMissedIsToldToWhoComesBack() throws IOException {
        long project = ROWS.project("live-resumed");
        String path = "/api/v1/live?project=live-resumed";
        String last;
        try (var stream = new LiveStream(API, path, null)) {
            put(issue(project, 21, IssueActivity.Kind.NEW));
            await().atMost(Duration.ofSeconds(30)).until(() -> stream.text().contains("\"issue_id\":21"));
            last = stream.lastId();
        }
        try (var witness = new LiveStream(API, path, null)) {
            put(issue(project, 22, IssueActivity.Kind.NEW));
            await().atMost(Duration.ofSeconds(30)).until(() -> witness.text().contains("\"issue_id\":22"));

            try (var back = new LiveStream(API, path, last)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> back.text().contains("event: ready"));
                assertThat(back.text()).contains("\"issue_id\":22").doesNotContain("resync", "\"issue_id\":21");
            }
            for (String unknown : List.of("1000-abc", "not an id")) {
                try (var lost = new LiveStream(API, path, unknown)) {
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> lost.text().contains("event: ready"));
                    assertThat(lost.text()).contains("event: resync").doesNotContain("\"issue_id\":22");
                }
            }
        }
    }

    @Test
    void sumsUpWhatIsStored() throws IOException {
        long project = ROWS.project("live-stored");
        try (var stream = new LiveStream(API, "/api/v1/live?project=live-stored", null)) {
            for (int i = 0; i < 200; i++) {
                put(stored(project, 31 + i % 2));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> stream.numbers("\"events\":(\\d+)").sum() == 200);

            assertThat(stream.numbers("\"events\":(\\d+)").count())
                    .as("not one for each")
                    .isLessThan(100);
            assertThat(stream.text()).contains("\"issue_ids\":[31", "\"last_event_id\":\"");
        }
    }

    @Test
    void tellsOfJobsAndDeadLetters() throws IOException {
        long project = ROWS.project("live-letters");
        try (var stream = new LiveStream(API, "/api/v1/live?project=live-letters", null)) {
            // The first look only looks.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                API.bean(JobStore.class).enqueue("of-no-kind", "{}", "test");
                ROWS.deadLetter(project, UUID.randomUUID());
                return stream.text().contains("event: job") && stream.text().contains("event: dead_letter");
            });
            assertThat(stream.text()).contains("\"kind\":\"of-no-kind\"", "\"reason\":\"invalid_envelope\"");
        } finally {
            API.database().sql("DELETE FROM jobs WHERE kind = 'of-no-kind'").update();
        }
    }

    @Test
    void showsThePipelineAsEachListenerMaySeeIt() {
        long project = ROWS.project("live-noisy");
        API.database().sql("""
                        INSERT INTO envelope_totals
                        VALUES (:project, date_trunc('hour', now(), 'UTC'), 'stored', '', 9000000, 9000000)
                        """).param("project", project).update();
        var people = new People(API);
        User member = people.user(Role.MEMBER);
        assertThat(API.patch("/api/v1/organization", "{\"members_see_all_projects\": false}")
                        .status())
                .isEqualTo(200);
        try (var owner = new LiveStream(API, "/api/v1/live", null);
                var ofNoTeam = new LiveStream(API, people.jwt(member), "/api/v1/live", null);
                var program =
                        new LiveStream(API, people.apiToken(member, Set.of("event:read")), "/api/v1/live", null)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> owner.text().contains("\"slug\":\"live-noisy\"")
                            && ofNoTeam.text().contains("event: pipeline"));

            assertThat(owner.text())
                    .contains("event: pipeline\ndata: {\"at\":\"", "\"accepted_per_second\":", "\"bytes_in_30_days\":");
            assertThat(ofNoTeam.text())
                    .contains("\"projects\":[]", "\"partitions\":[{")
                    .doesNotContain("live-noisy");
            assertThat(program.text()).as("has no scope org:read").doesNotContain("pipeline");
        } finally {
            API.patch("/api/v1/organization", "{\"members_see_all_projects\": true}");
            API.database()
                    .sql("DELETE FROM envelope_totals WHERE project_id = :project")
                    .param("project", project)
                    .update();
        }
    }

    @Test
    void aThousandListenersTakeNoThreads() throws IOException {
        long project = ROWS.project("live-crowd");
        // Has the token renewed if another test ended it.
        assertThat(API.get("/api/v1/projects").status()).isEqualTo(200);
        int threads = Thread.getAllStackTraces().size();
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                crowd.add(connect("/api/v1/live?project=live-crowd"));
                if (i % 50 == 0) {
                    // All at once they would wait longer for the few connections to the database than a request may.
                    int some = i;
                    await().atMost(Duration.ofSeconds(60)).until(() -> FEED.listeners() >= some);
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> FEED.listeners() >= 1_000);
            assertThat(Thread.getAllStackTraces().size() - threads).isLessThan(100);

            put(issue(project, 41, IssueActivity.Kind.NEW));
            for (Socket one : crowd) {
                assertThat(readUntil(one, "\"issue_id\":41")).isTrue();
            }
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void whoTakesNothingIsDropped() throws IOException {
        long project = ROWS.project("live-slow");
        var warnings = new ListAppender<ILoggingEvent>();
        warnings.start();
        var web = (Logger) LoggerFactory.getLogger(DefaultHandlerExceptionResolver.class);
        web.addAppender(warnings);
        try (Socket slow = connect("/api/v1/live?project=live-slow")) {
            assertThat(readUntil(slow, "event: ready")).isTrue();
            String large = "x".repeat(8_000);

            for (int i = 0; i < 5_000; i++) {
                FEED.publish("issue.changed", new Audience.OfProject(project), Map.of("title", large));
            }

            // The end of the answer, or of the connection; a listener that is not dropped is told on and on.
            readUntil(slow, "\r\n0\r\n\r\n");
        } finally {
            web.detachAppender(warnings);
        }
        assertThat(warnings.list).as("nothing is answered to one that has gone").isEmpty();
    }

    private static Socket connect(String path) throws IOException {
        URI at = API.uri(path);
        var socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new java.net.InetSocketAddress(at.getHost(), at.getPort()));
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, API.token())
                        .getBytes(UTF_8));
        return socket;
    }

    private static boolean readUntil(Socket socket, String wanted) throws IOException {
        var text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        while (text.indexOf(wanted) < 0) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                return false;
            }
            text.append(new String(buffer, 0, read, UTF_8));
            if (text.length() > KEPT_TEXT) {
                text.delete(0, text.length() - wanted.length());
            }
        }
        return true;
    }

    private static void put(ProcessedRecord record) {
        var _ = producer.send(new ProducerRecord<>(
                API.topicPrefix() + "events",
                record.key(),
                ProcessedRecordJson.write(record).getBytes(UTF_8)));
        producer.flush();
    }

    private static Origin origin(long project) {
        return new Origin(UUID.randomUUID(), Cause.LIVE, new ProjectId(project), Instant.now());
    }

    private static IssueActivity issue(long project, long id, IssueActivity.Kind kind) {
        return new IssueActivity(
                origin(project), kind, id, "Title", null, "error", null, "unresolved", null, "ann@example.com");
    }

    private static ItemStored stored(long project, long issue) {
        var event = new EventSummary(issue, Instant.now(), "error", null, "Title", null, null, null, Map.of());
        return new ItemStored(
                origin(project),
                EnvelopeId.at(Instant.now()),
                0,
                "event",
                DataCategory.ERROR,
                Instant.now(),
                10,
                new EventId(UUID.randomUUID()),
                event);
    }
}
