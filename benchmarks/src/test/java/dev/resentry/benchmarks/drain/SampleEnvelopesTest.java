package dev.resentry.benchmarks.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.benchmarks.drain.DrainCase.Groups;
import dev.resentry.benchmarks.drain.DrainCase.Items;
import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeParse;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the senders of the benchmark send. */
class SampleEnvelopesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 25, 50})
    void eventsHaveAboutTheSizeThatWasAskedFor(int kilobytes) {
        double mean = samples(new DrainCase(1, kilobytes, Groups.FEW, Items.ERRORS), 50).stream()
                .mapToInt(sample -> sample.body().length)
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(kilobytes * 1000.0, kilobytes * 1000 + 1800.0);
    }

    @Test
    void everyEventHasAnIdOfItsOwn() {
        List<SampleEnvelopes.Sample> samples = samples(new DrainCase(1, 1, Groups.FEW, Items.ERRORS), 2_000);

        assertThat(samples).extracting(SampleEnvelopes.Sample::errorId).doesNotHaveDuplicates();
    }

    @Test
    void fewGroupsAreTwentyIssuesAndManyAreOneForFiveEvents() {
        assertThat(issues(Groups.FEW)).isEqualTo(20);
        // Of 200 that are drawn from a thousand times, hardly any is left out.
        assertThat(issues(Groups.MANY)).isBetween(190, 200);
    }

    @Test
    void aMixHasItemsOfAllTypes() {
        Set<String> types = new HashSet<>();
        for (SampleEnvelopes.Sample sample : samples(new DrainCase(1, 1, Groups.FEW, Items.MIX), 1_000)) {
            for (EnvelopeItem item : envelope(sample).items()) {
                types.add(item.header().type().toString());
            }
        }

        assertThat(types).hasSize(8);
    }

    private static int issues(Groups groups) {
        Set<String> hashes = new HashSet<>();
        for (SampleEnvelopes.Sample sample : samples(new DrainCase(1, 3, groups, Items.ERRORS), 1_000)) {
            hashes.add(hash(sample));
        }
        return hashes.size();
    }

    private static String hash(SampleEnvelopes.Sample sample) {
        var arrival = new NormalizationContext(null, new EventId(new UUID(1, 2)), NOW, NOW, null, null, null);
        return switch (EventJson.read(envelope(sample).items().getFirst().payload())) {
            case EventJson.Read.Json json ->
                Grouping.of(EventNormalizer.normalize(json.event(), arrival), GroupingRules.NONE)
                        .primary()
                        .toString();
            case EventJson.Read.Invalid(String cause) -> throw new AssertionError(cause);
        };
    }

    private static Envelope envelope(SampleEnvelopes.Sample sample) {
        return switch (new EnvelopeReader(EnvelopeLimits.DEFAULT).read(sample.body())) {
            case EnvelopeParse.Parsed(Envelope envelope) -> envelope;
            case EnvelopeParse.Malformed malformed -> throw new AssertionError(malformed.toString());
        };
    }

    private static List<SampleEnvelopes.Sample> samples(DrainCase drainCase, int count) {
        var envelopes = new SampleEnvelopes(drainCase, count, 7);
        return IntStream.range(0, count)
                .mapToObj(number -> envelopes.envelope(number, NOW))
                .toList();
    }
}
