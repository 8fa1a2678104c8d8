package dev.resentry.gateway.spool;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static dev.resentry.gateway.spool.SpoolFixture.files;
import static dev.resentry.gateway.spool.SpoolFixture.id;
import static dev.resentry.gateway.spool.SpoolFixture.open;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.spool.EnvelopeSink.Sent;
import dev.resentry.gateway.spool.SpoolFixture.Collected;
import dev.resentry.model.envelope.RawEnvelope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolDrainTest {
    @TempDir
    private Path directory;

    @Test
    void drainsInOrderAndCompletely() throws Exception {
        var outlet = new Collected();
        try (EnvelopeSpool spool = open(directory)) {
            List<String> kept = fill(spool, 500);
            try (SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
                await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(kept));
                kept.addAll(fill(spool, 20));
                await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(kept));
                await().untilAsserted(
                                () -> assertThat(files(directory, ".spool")).isEmpty());
                assertThat(spool.status().drained()).isEqualTo(520);
                assertThat(spool.status().envelopes()).isZero();
                assertThat(spool.status().draining()).isFalse();
            }
        }
    }

    @Test
    void waitsWhileTheSinkIsUnavailableAndContinuesInOrder() throws Exception {
        var outlet = new Collected();
        outlet.response = _ -> new Sent.Unavailable("no broker");
        try (EnvelopeSpool spool = open(directory);
                SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
            List<String> kept = fill(spool, 300);
            assertThat(spool.status().envelopes()).isEqualTo(300);
            outlet.response = _ -> new Sent.Acknowledged();
            await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(kept));
        }
    }

    @Test
    void aRecordThatIsRetriedIsNotOvertaken() throws Exception {
        var outlet = new Collected();
        Set<String> failedOnce = new HashSet<>();
        try (EnvelopeSpool spool = open(directory)) {
            List<String> kept = fill(spool, 100);
            outlet.response = id -> kept.indexOf(id) % 10 == 5 && failedOnce.add(id)
                    ? new Sent.Unavailable("a pause")
                    : new Sent.Acknowledged();
            try (SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
                await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(kept));
            }
        }
    }

    @Test
    void anUnsendableRecordIsQuarantinedAndTheRestIsSent() throws Exception {
        var outlet = new Collected();
        try (EnvelopeSpool spool = open(directory)) {
            List<String> kept = fill(spool, 30);
            String unsendable = kept.get(7);
            outlet.response = id -> id.equals(unsendable) ? new Sent.Unsendable("too large") : new Sent.Acknowledged();
            kept.remove(7);
            try (SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
                await().untilAsserted(() -> assertThat(outlet.ids).isEqualTo(kept));
                await().untilAsserted(
                                () -> assertThat(spool.status().envelopes()).isZero());
            }
            assertThat(spool.status().quarantined()).isEqualTo(1);
            assertThat(files(directory, ".quarantine"))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content(ISO_8859_1).contains(unsendable));
        }
    }

    @Test
    void anExceptionOfTheSinkDoesNotEndTheDrain() throws Exception {
        var outlet = new Collected();
        Set<String> thrown = new HashSet<>();
        try (EnvelopeSpool spool = open(directory)) {
            List<String> kept = fill(spool, 50);
            outlet.response = id -> {
                if (kept.indexOf(id) % 10 == 5 && thrown.add(id)) {
                    throw new IllegalStateException("a fault");
                }
                return new Sent.Acknowledged();
            };
            EnvelopeSink exceptional = (headers, body) -> {
                CompletableFuture<Sent> sent = outlet.send(headers, body);
                return thrown.add("exceptional") ? CompletableFuture.failedFuture(new IllegalStateException()) : sent;
            };
            try (SpoolDrain _ = SpoolFixture.hastyDrain(spool, exceptional)) {
                await().untilAsserted(() ->
                        assertThat(new LinkedHashSet<>(outlet.ids)).containsExactlyElementsOf(kept));
                await().untilAsserted(
                                () -> assertThat(spool.status().envelopes()).isZero());
            }
        }
    }

    @Test
    void thePositionMovesOnlyPastAGaplessRunOfAcknowledgedRecords() throws Exception {
        var open = new ConcurrentLinkedQueue<CompletableFuture<Sent>>();
        EnvelopeSink outlet = (Map<String, byte[]> _, byte[] _) -> {
            var sent = new CompletableFuture<Sent>();
            open.add(sent);
            return sent;
        };
        List<String> kept;
        try (EnvelopeSpool spool = open(directory)) {
            kept = fill(spool, 10);
            try (SpoolDrain _ = SpoolDrain.start(spool, outlet)) {
                await().until(() -> open.size() == 1);
                // The first tells that the outlet takes; then the others come.
                open.remove().complete(new Sent.Acknowledged());
                await().until(() -> open.size() == 9);
                CompletableFuture<Sent> gap = open.remove();
                open.forEach(sent -> sent.complete(new Sent.Acknowledged()));
                assertThat(gap).isNotDone();
            }
        }

        assertThat(SpoolFixture.reopened(directory)).isEqualTo(kept.subList(1, 10));
    }

    private static List<String> fill(EnvelopeSpool spool, int count) {
        List<String> kept = new ArrayList<>();
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawEnvelope envelope = envelope(i * 7);
            appends.add(spool.append(envelope));
            kept.add(id(envelope));
        }
        appends.forEach(append -> assertThat(append.join()).isInstanceOf(Appended.Kept.class));
        return kept;
    }
}
