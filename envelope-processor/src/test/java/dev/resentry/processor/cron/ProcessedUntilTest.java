package dev.resentry.processor.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.service.kafka.TopicOffsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProcessedUntilTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final UUID TOPIC = new UUID(0, 1);

    private final ProcessedUntil processed = new ProcessedUntil();

    @Test
    void whatEndedThereWhenItWasLookedAtIsProcessedOnceThatMuchIs() {
        assertThat(note(0, Map.of(0, 10L, 1, 5L), Map.of(0, 8L, 1, 5L))).isEqualTo(Instant.MIN);
        assertThat(note(5, Map.of(0, 20L, 1, 5L), Map.of(0, 10L, 1, 5L))).isEqualTo(before(0));
        assertThat(note(10, Map.of(0, 30L, 1, 6L), Map.of(0, 12L, 1, 6L))).isEqualTo(before(0));
        assertThat(note(15, Map.of(0, 30L, 1, 6L), Map.of(0, 30L, 1, 6L))).isEqualTo(before(15));
    }

    @Test
    void anEmptyTopicIsProcessed() {
        assertThat(note(0, Map.of(0, 0L, 1, 0L), Map.of())).isEqualTo(before(0));
        assertThat(processed.note(
                        NOON.plusSeconds(5), new TopicOffsets.Answer(TOPIC, Map.of(0, 7L), Map.of(0, 7L), Map.of())))
                .as("of which nothing is left")
                .isEqualTo(before(5));
    }

    @Test
    void aBacklogOfHoursIsFollowedWithoutKeepingEveryLook() {
        for (int i = 0; i < 10_000; i++) {
            note(i, Map.of(0, i + 1L), Map.of());
        }
        assertThat(note(10_000, Map.of(0, 10_001L), Map.of(0, 5_000L)))
                .isAfter(before(4_900))
                .isBeforeOrEqualTo(before(5_000));
        note(10_001, Map.of(0, 10_001L), Map.of(0, 10_001L));
        assertThat(note(10_002, Map.of(0, 10_001L), Map.of(0, 10_001L))).isEqualTo(before(10_002));
    }

    @Test
    void anotherTopicOfTheNameBeginsAnew() {
        note(0, Map.of(0, 10L), Map.of(0, 10L));

        assertThat(processed.note(
                        NOON.plusSeconds(5),
                        new TopicOffsets.Answer(new UUID(0, 2), Map.of(0, 0L), Map.of(0, 3L), Map.of())))
                .isEqualTo(before(0));
    }

    private Instant note(int second, Map<Integer, Long> ends, Map<Integer, Long> committed) {
        return processed.note(
                NOON.plusSeconds(second), new TopicOffsets.Answer(TOPIC, Map.of(0, 0L, 1, 0L), ends, committed));
    }

    private static Instant before(int second) {
        return NOON.plusSeconds(second).minus(ProcessedUntil.ON_ITS_WAY);
    }
}
