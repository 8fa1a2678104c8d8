package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeWriter;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Hostile input crashes no service, and everything accepted is stored or a dead letter. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class HostileInputIT {
    private static final int NINETEEN_MEBIBYTES = 19 * 1024 * 1024;

    private static Cluster cluster;
    private static Api api;
    private static Sender sender;

    @BeforeAll
    static void makeProject(Cluster shared) {
        cluster = shared;
        api = cluster.apiWithNewProject("Hostile input");
        sender = Sender.of(api, cluster.gateway.url());
    }

    /** The gateway sees nothing but blanks and may let it through; then the processor has to account for it. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void aBombOnTheEnvelopeEndpointIsAccountedFor(String encoding) throws Exception {
        assertThat(sender.send(Bombs.of(encoding), encoding).status()).isIn(200, 400);
        assertEverythingStillWorks();
        assertNothingIsPending();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void aBombOnTheStoreEndpointIsAccountedForByTheProcessor(String encoding) throws Exception {
        var request = Http.request("%s/api/%d/store/?sentry_key=%s"
                        .formatted(sender.gatewayUrl(), sender.projectId(), sender.publicKey()))
                .header("Content-Encoding", encoding)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(Bombs.of(encoding)));
        Http.Answer answer = Http.send(request);
        assertThat(answer.status()).isEqualTo(200);

        JsonNode envelope = awaitEnvelopeOf(answer.json().path("id").asString());

        assertThat(envelope.path("outcome").asString()).isEqualTo("dropped");
        assertThat(envelope.path("reason").asString()).isEqualTo("too_large");
        assertThat(envelope.path("content_encoding").asString()).isEqualTo(encoding);
        assertEverythingStillWorks();
    }

    @Test
    void randomBytesAreRejectedByTheGatewayOrDeadLettered() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[1 + random.nextInt(2000)];
            random.nextBytes(body);
            String encoding = List.of("", "gzip", "deflate", "br", "zstd").get(i % 5);
            assertThat(sender.send(body, encoding).status()).isIn(200, 400);
        }
        assertEverythingStillWorks();
        assertNothingIsPending();
    }

    @Test
    void aBrokenEnvelopeIsStoredRawWithItsCause() {
        EventId id = Sender.newId();
        byte[] body = "{\"event_id\":\"%s\"}\n{\"type\":\"event\",\"length\":100}\n{}\n"
                .formatted(id)
                .getBytes(UTF_8);
        assertThat(sender.send(body).status()).isEqualTo(200);

        JsonNode envelope = awaitEnvelopeOf(id.toString());

        assertThat(envelope.path("outcome").asString()).isEqualTo("dropped");
        assertThat(envelope.path("reason").asString()).isEqualTo("invalid_envelope");
        assertThat(envelope.path("cause").asString()).contains("header says: 100");
        assertThat(api.get("/api/v1/envelopes/%s/raw"
                                .formatted(envelope.path("id").asString()))
                        .body())
                .isEqualTo(body);
        assertEverythingStillWorks();
    }

    @Test
    void anAttachmentOfNineteenMebibytesComesBackByteForByte() {
        byte[] attachment = new byte[NINETEEN_MEBIBYTES];
        new Random(3).nextBytes(attachment);
        EventId id = Sender.newId();
        byte[] event = Http.JSON.writeValueAsBytes(Map.of("event_id", id.toString(), "message", "large"));
        byte[] body = EnvelopeWriter.write(new Envelope(
                EnvelopeHeader.of(id, null, null),
                List.of(
                        EnvelopeItem.of(ItemHeader.of(ItemType.Known.EVENT), Payload.of(event)),
                        EnvelopeItem.of(
                                ItemHeader.of(ItemType.Known.ATTACHMENT).with("filename", "core.dump"),
                                Payload.of(attachment)))));

        assertThat(sender.send(body).status()).isEqualTo(200);

        JsonNode stored = api.awaitEvent(id.toString());
        JsonNode file = stored.path("attachments").path(0);
        assertThat(file.path("size").asInt()).isEqualTo(NINETEEN_MEBIBYTES);
        assertThat(api.get(file.path("url").asString()).body()).isEqualTo(attachment);
    }

    @Test
    void theSameEventTwiceIsCountedOnce() {
        EventId id = Sender.newId();
        byte[] body = Sender.event(id, "sent twice");
        assertThat(sender.send(body).status()).isEqualTo(200);
        assertThat(sender.send(body).status()).isEqualTo(200);
        JsonNode event = api.awaitEvent(id.toString());
        assertNothingIsPending();

        assertThat(api.json("/issues/" + event.path("issue_id").asLong())
                        .path("count")
                        .asLong())
                .isEqualTo(1);
        List<String> outcomes = api.all(projectPath("envelopes")).stream()
                .filter(envelope -> envelope.path("event_id").asString("").equals(id.toString()))
                .map(envelope -> api.json("/api/v1/envelopes/%s/items"
                                .formatted(envelope.path("id").asString()))
                        .path(0)
                        .path("outcome")
                        .asString())
                .toList();
        assertThat(outcomes).containsExactlyInAnyOrder("stored", "duplicate");
    }

    private static void assertEverythingStillWorks() {
        EventId id = Sender.newId();
        assertThat(sender.send(Sender.event(id, "still here")).status()).isEqualTo(200);
        api.awaitEvent(id.toString());
        assertThat(cluster.isAlive()).isTrue();
    }

    /** Waits until every record on the topic is an envelope in the database. */
    private static void assertNothingIsPending() {
        await("nothing is pending")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(storedEnvelopes()).isEqualTo(recordsOn(cluster.topicPrefix + "envelopes")));
    }

    /** Those of all projects: the cluster is not this test's alone. */
    private static long storedEnvelopes() {
        return api.json("/api/v1/projects/")
                .valueStream()
                .mapToLong(project -> api.all("/api/v1/projects/%d/envelopes"
                                .formatted(project.path("id").asLong()))
                        .size())
                .sum();
    }

    private static JsonNode awaitEnvelopeOf(String eventId) {
        return await("envelope of " + eventId)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.all(projectPath("envelopes")).stream()
                                .filter(envelope ->
                                        envelope.path("event_id").asString("").equals(eventId))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static String projectPath(String what) {
        return "/api/v1/projects/%d/%s".formatted(sender.projectId(), what);
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", cluster.servers.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static long recordsOn(String topic) {
        try (var consumer = consumer()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
