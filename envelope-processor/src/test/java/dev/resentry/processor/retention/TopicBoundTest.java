package dev.resentry.processor.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.service.kafka.TopicOffsets.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicBoundTest {
    private static Answer offsets(Map<Integer, Long> begins, Map<Integer, Long> ends, Map<Integer, Long> committed) {
        return new Answer(new UUID(0, 1), begins, ends, committed);
    }

    @Test
    void nothingGoesWhileAllOfItTakesNoMoreThanItMay() {
        var offsets = offsets(Map.of(0, 0L, 1, 0L), Map.of(0, 90L, 1, 10L), Map.of(0, 90L, 1, 10L));

        assertThat(TopicBound.firstToStay(Map.of(0, 900L, 1, 100L), offsets, 1_000))
                .isEmpty();
    }

    @Test
    void thePartitionsThatTakeMoreThanTheirShareLetTheirOldestGo() {
        var offsets = offsets(Map.of(0, 100L, 1, 0L), Map.of(0, 200L, 1, 10L), Map.of(0, 200L, 1, 10L));

        assertThat(TopicBound.firstToStay(Map.of(0, 1_000L, 1, 100L), offsets, 500))
                .containsExactly(Map.entry(0, 175L));
    }

    @Test
    void whatIsNotProcessedStays() {
        var offsets = offsets(Map.of(0, 100L, 1, 0L), Map.of(0, 200L, 1, 100L), Map.of(0, 120L));

        assertThat(TopicBound.firstToStay(Map.of(0, 1_000L, 1, 1_000L), offsets, 2))
                .containsExactly(Map.entry(0, 120L));
    }
}
