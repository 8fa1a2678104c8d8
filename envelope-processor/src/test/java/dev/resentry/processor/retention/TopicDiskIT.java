package dev.resentry.processor.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.processor.RunningProcessor;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.kafka.TopicOffsets.Answer;
import dev.resentry.service.kafka.TopicSizes;
import dev.resentry.service.topic.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Topic {@code envelopes} with a bound that nothing fits into, beside a processor that stops and comes back. */
@Timeout(240)
class TopicDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVENT = """
            {}
            {"type":"event"}
            {"message":"%s"}
            """;

    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void whatIsProcessedGoesAndWhatIsNotStaysAndIsStoredLater() throws Exception {
        KafkaSettings kafka = processor.bean(KafkaSettings.class);
        String topic = processor.topic("envelopes");
        for (int i = 0; i < 3; i++) {
            processor.send(EVENT.formatted("before"));
        }
        try (var offsets = new TopicOffsets(kafka, "test-offsets");
                var sizes = new TopicSizes(kafka, "test-sizes", PATIENCE)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sum(
                                    offsets.ask(topic, kafka.processorGroup()).committed()))
                            .isEqualTo(3));
            processor.stopWhile(() -> {
                processor.send(EVENT.formatted("meanwhile"));
                processor.send(EVENT.formatted("meanwhile"));
                var bound = new TopicDiskSettings(DataSize.ofBytes(1));
                try (var _ = new TopicDisk(kafka, bound, sizes, offsets, new SimpleMeterRegistry())) {
                    await().atMost(PATIENCE).untilAsserted(() -> {
                        Answer answer = offsets.ask(topic, kafka.processorGroup());
                        assertThat(sum(answer.begins())).isEqualTo(3);
                        assertThat(sum(answer.ends())).isEqualTo(5);
                    });
                }
                return null;
            });
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processor.count("events")).isEqualTo(5));
    }
}
