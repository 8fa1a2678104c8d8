package dev.resentry.gateway.publish;

import static dev.resentry.gateway.spool.SpoolFixture.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication.Kept.Place;
import dev.resentry.gateway.spool.SpoolFixture;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** After a fatal error of its Kafka producer, a gateway recovers without a restart. */
@Timeout(180)
class RefusedProducerIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path shared;

    private static SaslBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws InterruptedException {
        broker = SaslBroker.start(shared.resolve("broker"));
        try (var topics = new TopicProvisioner(settings(broker.openServers(), Map.of()))) {
            topics.awaitProvisioned();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void letEverybodyIn() {
        SaslBroker.refusesEverybody = false;
    }

    @Test
    void sendingResumesOnceTheCredentialsAreValid() {
        SaslBroker.refusesEverybody = true;
        try (SpoolingPublisher publisher = open()) {
            for (int i = 0; i < 20; i++) {
                assertThat(publish(publisher)).isEqualTo(new Kept(Place.SPOOL));
            }
            await().during(Duration.ofSeconds(3))
                    .until(() -> publisher.spoolStatus().drained() == 0);

            SaslBroker.refusesEverybody = false;

            await().atMost(LONG).until(() -> publish(publisher).equals(new Kept(Place.TOPIC)));
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
            assertThat(publisher.spoolStatus().quarantined()).isZero();
        }
    }

    @Test
    void whileCredentialsAreWrongEnvelopesGoToTheSpool() {
        try (SpoolingPublisher publisher = open()) {
            await().atMost(LONG).until(() -> publish(publisher).equals(new Kept(Place.TOPIC)));

            SaslBroker.refusesEverybody = true;
            await().atMost(LONG).until(() -> publish(publisher).equals(new Kept(Place.SPOOL)));
            for (int i = 0; i < 20; i++) {
                assertThat(publish(publisher)).isInstanceOf(Kept.class);
            }
            SaslBroker.refusesEverybody = false;

            await().atMost(LONG).until(() -> publish(publisher).equals(new Kept(Place.TOPIC)));
            await().atMost(LONG).until(() -> publisher.spoolStatus().envelopes() == 0);
            assertThat(publisher.spoolStatus().quarantined()).isZero();
        }
    }

    @Test
    void aFatallyFailedProducerIsReplacedAtABoundedRate() {
        List<KafkaProducer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
        String topic = settings("", Map.of()).topics().envelopes();
        try (ProducerSource source = ProducerSource.open(topic, () -> {
            var client = new KafkaProducer<>(
                    settings(broker.openServers(), Map.of()).clientProperties("test"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            made.add(client);
            return client;
        })) {
            await().atMost(LONG).until(() -> source.current() != null);
            KafkaProducer<byte[], byte[]> first = source.current();

            source.failed(first, new TimeoutException("a broker is slow"));
            await().during(Duration.ofMillis(500)).until(() -> source.current().equals(first));

            for (int i = 0; i < 1000; i++) {
                source.failed(first, new ProducerFencedException("another has its id"));
            }
            await().atMost(LONG).until(() -> !source.current().equals(first));
            for (int i = 0; i < 1000; i++) {
                source.failed(first, new ProducerFencedException("an answer that came late"));
            }
            await().during(Duration.ofSeconds(2)).until(() -> made.size() == 2);
            assertThat(source.current().send(new ProducerRecord<>(topic, new byte[0])))
                    .succeedsWithin(LONG);
        }
        assertThat(new ArrayList<>(made)).hasSize(2);
    }

    private SpoolingPublisher open() {
        return SpoolingPublisher.open(
                settings(broker.guardedServers(), SaslBroker.credentials()),
                SpoolingPublisherIT.GATEWAY,
                SpoolFixture.settings(directory));
    }

    private static Publication publish(SpoolingPublisher publisher) {
        return publisher.publish(envelope(500)).join();
    }

    private static KafkaSettings settings(String servers, Map<String, String> properties) {
        return new KafkaSettings(
                servers, "refused.", (short) 1, 1, Duration.ofDays(1), DataSize.ofMegabytes(22), properties);
    }
}
