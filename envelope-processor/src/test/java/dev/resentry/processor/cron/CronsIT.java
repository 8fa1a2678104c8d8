package dev.resentry.processor.cron;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.processor.RunningProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a job that fails, stays away or hangs to an issue, and from one that goes well again to an issue that is resolved. */
@Timeout(300)
class CronsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static RunningProcessor processor;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
        jdbc = processor.jdbc();
        jdbc.sql("""
                        INSERT INTO project_keys (project_id, public_key, label, active, created_at)
                        VALUES (1, 'e12d836b15bb49d7bbf99e64295d995b', 'default', true, now())
                        """).update();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void aJobThatFailsIsOneIssueThatIsResolvedWhenItGoesWell() throws Exception {
        send("backup", "ok", Instant.now(), "");
        await().atMost(PATIENCE).until(() -> processor.count("check_ins WHERE status = 'ok'") == 1);
        assertThat(issues("backup")).isEmpty();

        send("backup", "error", Instant.now(), "");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(issues("backup")).containsExactly("backup failed unresolved 1"));
        assertThat(jdbc.sql("SELECT payload::text FROM events WHERE payload::text LIKE '%backup%' LIMIT 1")
                        .query(String.class)
                        .single())
                .contains("monitor.slug", "check_in_id", "production");

        send("backup", "ok", Instant.now(), "");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(issues("backup")).containsExactly("backup failed resolved 1"));

        send("backup", "error", Instant.now(), "");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(issues("backup")).containsExactly("backup failed unresolved 2"));
    }

    @Test
    void aJobThatStaysAwayIsMissedAndOneThatHangsTimesOut() throws Exception {
        String config = """
                , "monitor_config": {"schedule": {"type": "interval", "value": 1, "unit": "minute"}, "checkin_margin": 0, "max_runtime": 1}
                """.strip();
        Instant before = Instant.now().minusSeconds(55);
        send("away", "ok", before, config);
        send("hung", "in_progress", before, config.replace("\"value\": 1", "\"value\": 9"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(issues("away")).containsExactly("away missed a check-in unresolved 1");
            assertThat(issues("hung")).containsExactly("hung ran longer than 1 minute unresolved 1");
        });
    }

    @Test
    void whatCanBeOfNoMonitorIsDroppedWithItsCause() throws Exception {
        long dropped = processor.count("envelope_items WHERE drop_reason = 'invalid_item'");
        send(" ", "ok", Instant.now(), "");
        await().atMost(PATIENCE)
                .until(() -> processor.count("envelope_items WHERE drop_reason = 'invalid_item'") > dropped);

        send(
                "odd",
                "ok",
                Instant.now(),
                ", \"monitor_config\": {\"schedule\": {\"type\": \"crontab\", \"value\": \"nonsense\"}}");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(jdbc.sql("SELECT problem FROM check_ins WHERE problem IS NOT NULL")
                                        .query(String.class)
                                        .list())
                                .containsExactly(
                                        "monitor_config.schedule: 'nonsense' has 1 fields (expected: 5: minute, hour, day of month, month, day of week)"));
    }

    private static void send(String slug, String status, Instant at, String more) throws Exception {
        String item = """
                {"check_in_id": "%s", "monitor_slug": "%s", "status": "%s"%s}
                """.formatted(UUID.randomUUID(), slug, status, more).strip();
        String body = "{}\n{\"type\":\"check_in\",\"length\":%d}\n%s\n".formatted(item.getBytes(UTF_8).length, item);
        processor.send(EnvelopeId.at(at), at, body.getBytes(UTF_8));
    }

    private static List<String> issues(String slug) {
        return jdbc.sql(
                        "SELECT title || ' ' || status || ' ' || event_count FROM issues WHERE title LIKE :slug || ' %'")
                .param("slug", slug)
                .query(String.class)
                .list();
    }
}
