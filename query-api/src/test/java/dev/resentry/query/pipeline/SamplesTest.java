package dev.resentry.query.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final UUID TOPIC = UUID.randomUUID();

    private final Samples samples = new Samples();

    @Test
    void ratesAreTakenOverTheLastHalfMinute() {
        samples.add(sample(TOPIC, 0, 100));
        samples.add(sample(TOPIC, 5, 200));
        samples.add(sample(TOPIC, 31, 900));

        assertThat(samples.base()).map(Sample::at).contains(NOON.plusSeconds(5));
    }

    @Test
    void oneSampleHasNoRate() {
        samples.add(sample(TOPIC, 0, 100));
        assertThat(samples.base()).isEmpty();

        samples.add(sample(UUID.randomUUID(), 10, 3));
        assertThat(samples.base()).as("a topic that was made anew").isEmpty();
    }

    @Test
    void anEndIsKnownToBeBehindAnOffsetSinceTheFirstSampleThatSaysSo() {
        samples.add(sample(TOPIC, 0, 100));
        samples.add(sample(TOPIC, 5, 150));
        samples.add(sample(TOPIC, 10, 200));

        assertThat(samples.endedBehind(0, 120)).contains(NOON.plusSeconds(5));
        assertThat(samples.endedBehind(0, 90)).as("it was so before").isEmpty();
        assertThat(samples.endedBehind(0, 200)).isEmpty();
    }

    private static Sample sample(UUID topic, int seconds, long end) {
        return new Sample(NOON.plusSeconds(seconds), topic, Map.of(0, end), Map.of(0, 0L), Map.of());
    }
}
