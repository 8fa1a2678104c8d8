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
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A processor with a heap of 512 MiB starts behind a backlog of small envelopes and of such that are as large as they may be. */
@Tag("campaign")
class SmallHeapIT {
    private static final int ROUNDS = TestSize.of(1, 20);
    private static final int SMALL_ONES = 300;
    /** As the Dockerfile has them. */
    private static final String[] FLAGS = {"-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"};

    private static final int MEBIBYTE = 1024 * 1024;

    private final Random random = new Random(11);
    private final byte[] noise = new byte[19 * MEBIBYTE];

    @Test
    @Timeout(900)
    void aBacklogOfLargeAndSmallEnvelopesIsStoredWithinTheHeap() throws Exception {
        random.nextBytes(noise);
        try (Cluster cluster = Cluster.start(TestServers.shared(), Map.of())) {
            Api api = cluster.api();
            Sender sender = Sender.of(api, cluster.gateway.url());
            long sent = 0;
            for (int round = 0; round < ROUNDS; round++) {
                sent += sendRound(sender);
            }

            ServiceProcess processor = cluster.startProcessor("-Xmx512m", FLAGS);
            long expected = sent;
            JsonNode balance = await("the backlog is stored")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                assertThat(processor.isAlive())
                                        .as(processor.printed())
                                        .isTrue();
                                return api.json("/api/v1/ledger/balance");
                            },
                            books -> books.at("/envelopes/stored").asLong() >= expected);

            System.out.printf("%d envelopes stored with %s%n", sent, Memory.of(processor.pid()));
            assertThat(processor.printed()).doesNotContain("java.lang.OutOfMemoryError");
            assertThat(balance.at("/envelopes/dead").asLong()).isZero();
            assertThat(balance.at("/items/dead").asLong()).isZero();
            assertThat(balance.at("/envelopes/difference").asLong()).isZero();
        }
    }

    private int sendRound(Sender sender) throws IOException {
        List<byte[]> plain = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            // Bytes that no blob has yet.
            random.nextBytes(noise);
            plain.add(withAttachment(noise));
        }
        for (int i = 0; i < 2; i++) {
            plain.add(event("x".repeat(3 * MEBIBYTE)));
        }
        for (int i = 0; i < SMALL_ONES; i++) {
            plain.add(event("small"));
        }
        for (byte[] body : plain) {
            assertThat(sender.send(body).status()).isEqualTo(200);
        }
        // Small to send, and nearly as large as a decoded body may be.
        byte[] file = new byte[95 * MEBIBYTE];
        for (int i = 0; i < 4; i++) {
            random.nextBytes(noise);
            System.arraycopy(noise, 0, file, 0, MEBIBYTE);
            assertThat(sender.send(gzip(withAttachment(file)), "gzip").status()).isEqualTo(200);
        }
        return plain.size() + 4;
    }

    private static byte[] withAttachment(byte[] content) {
        EventId id = Sender.newId();
        return EnvelopeWriter.write(new Envelope(
                EnvelopeHeader.of(id, null, null),
                List.of(
                        EnvelopeItem.of(ItemHeader.of(ItemType.Known.EVENT), Payload.of(json(id, "with a file"))),
                        EnvelopeItem.of(
                                ItemHeader.of(ItemType.Known.ATTACHMENT).with("filename", "core.dump"),
                                Payload.of(content)))));
    }

    /** An event with so much beside its message. */
    private static byte[] event(String extra) {
        EventId id = Sender.newId();
        return EnvelopeWriter.write(new Envelope(
                EnvelopeHeader.of(id, null, null),
                List.of(EnvelopeItem.of(ItemHeader.of(ItemType.Known.EVENT), Payload.of(json(id, extra))))));
    }

    private static byte[] json(EventId id, String extra) {
        return "{\"event_id\":\"%s\",\"message\":\"of a backlog\",\"extra\":{\"dump\":\"%s\"}}"
                .formatted(id, extra)
                .getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }
}
