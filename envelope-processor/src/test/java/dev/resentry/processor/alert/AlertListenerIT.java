package dev.resentry.processor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.processor.RunningProcessor;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an envelope on its topic to a firing and what is sent, through a whole processor. */
@Timeout(240)
class AlertListenerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    private static void rule(String conditions) {
        processor
                .jdbc()
                .sql("""
                        WITH rule AS (
                            INSERT INTO alert_rules (project_id, definition, created_by, created_at, updated_at)
                            VALUES (1, :definition::jsonb, 'ada@example.org', now(), now()) RETURNING id)
                        INSERT INTO alert_targets (rule_id, type, value) SELECT id, 'email', 'ops@example.org' FROM rule
                        """)
                .param(
                        "definition",
                        "{\"name\": \"r\", \"conditions\": [%s], \"interval_minutes\": 5}".formatted(conditions))
                .update();
        String version = processor.bean(AlertRules.class).version();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(processor.bean(AlertRules.class).version()).isNotEqualTo(version));
    }

    private static void send(String message) throws Exception {
        processor.send("""
                {}
                {"type":"event"}
                {"message":"%s","user":{"id":"u"}}
                """.formatted(message));
    }

    private static void awaitRead() {
        String group = processor.bean(KafkaSettings.class).topicPrefix() + "alerts";
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(processor.count("events_outbox")).isZero();
            TopicOffsets.Answer answer = processor.bean(TopicOffsets.class).ask(processor.topic("events"), group);
            long behind = answer.ends().entrySet().stream()
                    .mapToLong(end -> end.getValue() - answer.committed().getOrDefault(end.getKey(), 0L))
                    .sum();
            assertThat(behind).isZero();
        });
    }

    @Test
    void aNewIssueAndThenItsThirdEventFireOnceThroughARestart() throws Exception {
        rule("{\"type\": \"new_issue\"}");
        rule("{\"type\": \"frequency\", \"threshold\": 2, \"window_minutes\": 5}");

        send("no cart");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processor.count("alert_firings WHERE reason = 'the issue is new'"))
                        .isEqualTo(1));
        send("no cart");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processor.count("events")).isEqualTo(2));
        awaitRead();
        assertThat(processor.count("alert_firings")).isEqualTo(1);
        processor.stopWhile(() -> null);
        send("no cart");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                processor.count("alert_firings WHERE reason = '3 events in 5 minutes (more than 2)'"))
                        .isEqualTo(1));
        send("no cart");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processor.count("events")).isEqualTo(4));
        awaitRead();

        assertThat(processor.count("alert_firings")).isEqualTo(2);
        assertThat(processor.count("deliveries WHERE kind = 'alert' AND target = 'ops@example.org'"))
                .isEqualTo(2);
    }
}
