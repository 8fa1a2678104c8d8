package dev.resentry.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final UUID TOPIC = new UUID(1, 1);
    private static final UUID MADE_ANEW = new UUID(1, 2);
    private static final TopicPartition PARTITION = new TopicPartition("envelopes", 0);
    private static final Duration LONG = Duration.ofSeconds(2);
    private static final long NOW = 1_000_000;

    private final Backlog backlog = new Backlog();

    @Test
    void whatWasProcessedAheadIsLeftOut() {
        take(TOPIC, 0, 10);
        backlog.processed(records(0, 10));
        backlog.processedAhead(behind(NOW).generation(), records(12, 14));

        assertThat(take(TOPIC, 10, 20)).containsExactly(10L, 11L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void ofATopicThatWasMadeAnewNothingIsLeftOut() {
        take(TOPIC, 0, 10);
        backlog.processed(records(0, 10));
        backlog.processedAhead(behind(NOW).generation(), records(12, 14));

        assertThat(take(MADE_ANEW, 10, 14)).containsExactly(10L, 11L, 12L, 13L);
    }

    @Test
    void whereOffsetsBeginAnewNothingIsLeftOutWhateverWasReadBefore() {
        take(TOPIC, 0, 10);
        backlog.processed(records(0, 10));
        long before = behind(NOW).generation();
        backlog.processedAhead(before, records(12, 14));

        assertThat(backlog.goesBack(records(0, 3))).isTrue();
        assertThat(take(TOPIC, 0, 3)).containsExactly(0L, 1L, 2L);
        backlog.processed(records(0, 3));
        backlog.processedAhead(before, records(4, 6));

        assertThat(take(TOPIC, 3, 14)).hasSize(11);
        assertThat(behind(NOW).generation()).isNotEqualTo(before);
    }

    @Test
    void aBatchThatTakesLongIsBehindAndWhatNobodyTookUpBeginsAfterIt() {
        take(TOPIC, 0, 10);

        assertThat(behind(NOW + 1_000).offsets()).isEmpty();
        assertThat(behind(NOW + 3_000).offsets()).isEqualTo(Map.of(PARTITION, 10L));

        backlog.processed(records(0, 10));
        assertThat(behind(NOW + 60_000).offsets())
                .as("nothing came since, and what came was young")
                .isEmpty();
    }

    @Test
    void consumersWithNothingInFrontOfThemAreNotBehind() {
        backlog.takeUp(TOPIC, records(0, 10), NOW + 60_000);
        backlog.processed(records(0, 10));
        assertThat(behind(NOW + 60_000).isEmpty()).isFalse();

        backlog.noteEnd(PARTITION, 12);
        assertThat(behind(NOW + 60_000).isEmpty()).isFalse();
        backlog.noteEnd(PARTITION, 10);
        assertThat(behind(NOW + 60_000).isEmpty()).isTrue();
    }

    @Test
    void tensOfMillionsOfRecordsAheadFitInASmallHeap() {
        var offsets = new ProcessedOffsets();
        for (long offset = 0; offset < 3L * ProcessedOffsets.MAX_SPAN; offset += 2) {
            offsets.add(offset);
        }

        assertThat(offsets.contains(ProcessedOffsets.MAX_SPAN - 2)).isTrue();
        assertThat(offsets.contains(ProcessedOffsets.MAX_SPAN - 1)).isFalse();
        assertThat(offsets.contains(ProcessedOffsets.MAX_SPAN + 2L))
                .as("too far ahead to be known")
                .isFalse();
        offsets.removeBefore(1_000_000);
        assertThat(offsets.contains(999_998)).isFalse();
        assertThat(offsets.contains(1_000_000)).isTrue();
        offsets.removeBefore(5L * ProcessedOffsets.MAX_SPAN);
        offsets.add(6L * ProcessedOffsets.MAX_SPAN);
        assertThat(offsets.contains(6L * ProcessedOffsets.MAX_SPAN)).isTrue();
    }

    private Backlog.Behind behind(long now) {
        return backlog.behind(Set.of(PARTITION), LONG, now);
    }

    private List<Long> take(UUID topic, int from, int to) {
        return backlog.takeUp(topic, records(from, to), NOW).stream()
                .map(ConsumerRecord::offset)
                .toList();
    }

    /** Received at {@code NOW}. */
    private static List<ConsumerRecord<byte[], byte[]>> records(int from, int to) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            records.add(new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    offset,
                    NOW,
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    new byte[0],
                    new byte[0],
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return records;
    }
}
