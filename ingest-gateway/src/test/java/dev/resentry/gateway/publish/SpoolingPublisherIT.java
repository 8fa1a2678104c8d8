package dev.resentry.gateway.publish;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static dev.resentry.gateway.spool.SpoolFixture.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.GatewaySettings;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept.Place;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Unavailable;
import dev.resentry.gateway.spool.ForkedJava;
import dev.resentry.gateway.spool.SpoolFixture;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

@Timeout(180)
class SpoolingPublisherIT {
    static final GatewaySettings GATEWAY = new GatewaySettings(
            DataSize.ofMegabytes(20), DataSize.ofMegabytes(128), Duration.ofSeconds(4), Duration.ZERO, "gateway-1");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path shared;

    private static final TestServers SERVERS = TestServers.shared();

    @TempDir
    private Path directory;

    @Test
    void acknowledgesWhileKafkaIsAwayAndDrainsInOrderWhenItIsBack() throws Exception {
        KafkaSettings kafka = provisioned("away.");
        List<String> kept = new ArrayList<>();
        List<String> spooled = new ArrayList<>();
        try (SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, SpoolFixture.settings(directory))) {
            awaitDirect(publisher, kept);
            // On a slow machine the very first may have been spooled.
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
            SERVERS.stopKafka();
            try {
                for (int i = 0; i < 200; i++) {
                    assertThat(publish(publisher, spooled)).isEqualTo(new Kept(Place.SPOOL));
                }
                kept.addAll(spooled);
                assertThat(publisher.spoolStatus().envelopes()).isEqualTo(200);
                assertThat(publisher.spoolStatus().draining()).isFalse();
            } finally {
                SERVERS.startKafka();
            }
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
            awaitDirect(publisher, kept);
            assertThat(publisher.spoolStatus().drained()).isGreaterThanOrEqualTo(200);
        }
        List<String> onTopic = onTopic(kafka);
        assertThat(onTopic).containsExactlyInAnyOrderElementsOf(kept).containsSubsequence(spooled);
    }

    @Test
    void startsWhileKafkaIsAway() throws Exception {
        KafkaSettings kafka = provisioned("start.");
        List<String> kept = new ArrayList<>();
        SERVERS.stopKafka();
        SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, SpoolFixture.settings(directory));
        try (publisher) {
            assertThat(publish(publisher, kept)).isEqualTo(new Kept(Place.SPOOL));
            SERVERS.startKafka();
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
            awaitDirect(publisher, kept);
        }
        assertThat(onTopic(kafka)).startsWith(kept.getFirst()).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void whatAKilledGatewayAcknowledgedWhileKafkaWasAwayIsSentByTheNext() throws Exception {
        KafkaSettings kafka = provisioned("killed.");
        List<String> kept = new ArrayList<>();
        SERVERS.stopKafka();
        try {
            for (int kill = 0; kill < TestSize.of(1, 3); kill++) {
                Process process = ForkedJava.start(
                        PublishingProcess.class, SERVERS.bootstrapServers(), "killed.", directory.toString());
                try (BufferedReader said = process.inputReader()) {
                    for (int i = 0; i < 100 + kill * 37; i++) {
                        String line = said.readLine();
                        assertThat(line).endsWith("SPOOL");
                        kept.add(line.substring(0, line.indexOf(' ')));
                    }
                    process.destroyForcibly();
                }
                process.waitFor();
            }
        } finally {
            SERVERS.startKafka();
        }
        try (SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, SpoolFixture.settings(directory))) {
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
        }
        assertThat(onTopic(kafka)).containsSubsequence(kept);
    }

    @Test
    void aFullSpoolLeadsToARejectionInTime() throws Exception {
        KafkaSettings kafka = provisioned("full.");
        List<String> kept = new ArrayList<>();
        SpoolSettings small = new SpoolSettings(
                true,
                directory,
                1,
                DataSize.ofMegabytes(1),
                Duration.ofHours(1),
                DataSize.ofBytes(0),
                Duration.ofMillis(300));
        SERVERS.stopKafka();
        SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, small);
        try (publisher) {
            try {
                assertThat(publish(publisher, kept)).isEqualTo(new Kept(Place.SPOOL));
                for (int i = 0; i < 9; i++) {
                    RawEnvelope large = envelope(100_000);
                    assertThat(publisher.publish(large).join()).isEqualTo(new Kept(Place.SPOOL));
                    kept.add(id(large));
                }
                long start = System.nanoTime();
                assertThat(publisher.publish(envelope(200_000)).join()).isInstanceOf(Unavailable.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isGreaterThanOrEqualTo(GATEWAY.acknowledgeWithin());
            } finally {
                SERVERS.startKafka();
            }
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
            awaitDirect(publisher, kept);
        }
        assertThat(onTopic(kafka)).containsAll(kept);
    }

    @Test
    void switchedOffItWaitsForKafkaWithinTheBound() throws Exception {
        KafkaSettings kafka = provisioned("off.");
        SpoolSettings off = new SpoolSettings(
                false,
                directory.resolve("spool"),
                1,
                DataSize.ofMegabytes(1),
                Duration.ofHours(1),
                DataSize.ofBytes(0),
                Duration.ofMillis(300));
        SERVERS.stopKafka();
        List<String> kept = new ArrayList<>();
        SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, off);
        try (publisher) {
            CompletableFuture<Publication> inTime;
            RawEnvelope envelope = envelope(10);
            try {
                long start = System.nanoTime();
                assertThat(publisher.publish(envelope(10)).join()).isInstanceOf(Unavailable.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isGreaterThanOrEqualTo(GATEWAY.acknowledgeWithin());
                inTime = publisher.publish(envelope);
            } finally {
                SERVERS.startKafka();
            }
            // It was waiting as Kafka came back; whether that was in time depends on the machine.
            if (inTime.join().equals(new Kept(Place.TOPIC))) {
                kept.add(id(envelope));
            }
            awaitDirect(publisher, kept);
            assertThat(directory.resolve("spool")).doesNotExist();
        }
        assertThat(onTopic(kafka)).containsAll(kept);
    }

    @Test
    @Timeout(120)
    void aBrokerThatHangsHasEnvelopesSpooledAfterTheHoldAndOthersAtOnce() throws Exception {
        Duration hold = Duration.ofSeconds(3);
        SpoolSettings patient = new SpoolSettings(
                true, directory, 2, DataSize.ofGigabytes(1), Duration.ofHours(24), DataSize.ofBytes(0), hold);
        Process broker =
                ForkedJava.start(BrokerProcess.class, shared.resolve("hanging").toString());
        try (BufferedReader said = broker.inputReader()) {
            KafkaSettings kafka = provisioned(kafka(said.readLine(), "hang."));
            List<String> kept = new ArrayList<>();
            try (SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, patient)) {
                awaitDirect(publisher, kept);
                ForkedJava.signal(broker, "STOP");
                long start = System.nanoTime();
                assertThat(publish(publisher, kept)).isEqualTo(new Kept(Place.SPOOL));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(hold);
                // If each of them were held, too, the time of the test would be over.
                for (int i = 0; i < 50; i++) {
                    assertThat(publish(publisher, kept)).isEqualTo(new Kept(Place.SPOOL));
                }
                ForkedJava.signal(broker, "CONT");
                await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
                awaitDirect(publisher, kept);
            }
            assertThat(onTopic(kafka)).containsExactlyElementsOf(kept);
        } finally {
            broker.destroyForcibly().waitFor();
        }
    }

    @Test
    void aStopKeepsEnvelopesUnderWay() throws Exception {
        KafkaSettings kafka = provisioned("stop.");
        List<RawEnvelope> envelopes =
                IntStream.range(0, 100).mapToObj(SpoolFixture::envelope).toList();
        SERVERS.stopKafka();
        try {
            List<CompletableFuture<Publication>> published;
            try (SpoolingPublisher publisher =
                    SpoolingPublisher.open(kafka, GATEWAY, SpoolFixture.settings(directory))) {
                published = envelopes.stream().map(publisher::publish).toList();
            }
            assertThat(published).allMatch(p -> p.isDone() && p.join() instanceof Kept);
        } finally {
            SERVERS.startKafka();
        }
        try (SpoolingPublisher publisher = SpoolingPublisher.open(kafka, GATEWAY, SpoolFixture.settings(directory))) {
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
        }
        assertThat(onTopic(kafka))
                .containsExactlyElementsOf(
                        envelopes.stream().map(SpoolFixture::id).toList());
    }

    static KafkaSettings kafka(String bootstrapServers, String prefix) {
        return new KafkaSettings(
                bootstrapServers, prefix, (short) 1, 1, Duration.ofDays(1), DataSize.ofMegabytes(22), Map.of());
    }

    private static KafkaSettings provisioned(String prefix) throws InterruptedException {
        return provisioned(kafka(SERVERS.bootstrapServers(), prefix));
    }

    private static KafkaSettings provisioned(KafkaSettings kafka) throws InterruptedException {
        try (var topics = new TopicProvisioner(kafka)) {
            topics.awaitProvisioned();
        }
        return kafka;
    }

    private static Publication publish(SpoolingPublisher publisher, List<String> kept) {
        RawEnvelope envelope = envelope(500);
        Publication publication = publisher.publish(envelope).join();
        if (publication instanceof Kept) {
            kept.add(id(envelope));
        }
        return publication;
    }

    private static void awaitDirect(SpoolingPublisher publisher, List<String> kept) {
        await().atMost(LONG).until(() -> publish(publisher, kept).equals(new Kept(Place.TOPIC)));
    }

    /** The ids on the topic in order, each once. */
    private static List<String> onTopic(KafkaSettings kafka) {
        var ids = new LinkedHashSet<String>();
        var partition = new TopicPartition(kafka.topics().envelopes(), 0);
        try (var consumer = new KafkaConsumer<>(
                kafka.clientProperties("test"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> ids.add(new String(
                                record.headers()
                                        .lastHeader(EnvelopeRecord.ENVELOPE_ID)
                                        .value(),
                                UTF_8)));
            }
        }
        return List.copyOf(ids);
    }
}
