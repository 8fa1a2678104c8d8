package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.size.TestSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** More concurrent uploads than a small heap can hold: the gateway rejects the excess, and keeps everything it answered 200. */
@Isolated("a broker that is held up for seconds by others has an upload kept twice")
class LargeUploadsIT {
    private static final int UPLOADS = TestSize.of(60, 500);
    private static final int BODY = 20 * 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    /** As the Dockerfile has them. */
    private static final String[] FLAGS = {"-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"};

    private final byte[] noise = new byte[BODY + UPLOADS];
    private final Map<String, Integer> kept = new ConcurrentHashMap<>();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Set<String> smallOnes = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowestSmallOne = new AtomicLong();

    @Test
    @Timeout(240)
    void aSmallGatewaySurvivesMoreUploadsAtOnceThanItCanHold() throws Exception {
        new Random(5).nextBytes(noise);
        try (var gateways = new Gateways()) {
            ServiceProcess gateway = gateways.start(Map.of(), FLAGS);
            var uploading = new AtomicBoolean(true);
            List<Thread> small = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                // Threads of their own, so that they do not queue behind the uploads on this side.
                small.add(Thread.ofPlatform().start(() -> sendSmallOnes(gateway.port(), uploading)));
            }
            long began = System.nanoTime();
            List<Thread> uploads = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                int number = i;
                uploads.add(Thread.ofVirtual().start(() -> upload(gateway.port(), number)));
            }
            for (Thread upload : uploads) {
                upload.join();
            }
            uploading.set(false);
            for (Thread sender : small) {
                sender.join();
            }

            System.out.printf(
                    "%d uploads kept, %d turned away in %d ms, %d small requests meanwhile, the slowest %d ms, %s%n",
                    kept.size(),
                    turnedAway.get(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis(),
                    smallOnes.size(),
                    Duration.ofNanos(slowestSmallOne.get()).toMillis(),
                    Memory.of(gateway.pid()));
            assertThat(faults).isEmpty();
            assertThat(kept).as("uploads that were kept").isNotEmpty();
            assertThat(kept.size() + turnedAway.get()).isEqualTo(UPLOADS);
            assertThat(smallOnes).as("small requests meanwhile").hasSizeGreaterThan(10);
            await("nothing is held back")
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () -> assertThat(Metrics.of(gateway).sum("resentry_ingest_bytes_in_flight_bytes", ""))
                                    .isZero());
            upload(gateway.port(), 0);
            assertThat(faults).isEmpty();
            assertThat(Files.readString(Path.of("target", "logs", "gateway-0.log")))
                    .doesNotContain("java.lang.OutOfMemoryError", "OutOfDirectMemoryError");
            assertThat(intactOnTopic(gateways))
                    .containsAllEntriesOf(kept)
                    .containsKeys(smallOnes.toArray(String[]::new));
        }
    }

    private void upload(int port, int number) {
        EventId id = Sender.newId();
        byte[] begin = beginning(id, number);
        try (var connection = new RawConnection(port)) {
            connection.write(Gateways.head(BODY));
            connection.write(begin);
            int sent = begin.length;
            while (sent < BODY && !connection.hasReply()) {
                int count = Math.min(PIECE, BODY - sent);
                connection.write(noise, number + sent, count);
                sent += count;
            }
            RawConnection.Reply reply = connection.reply();
            if (reply.status() == 200) {
                kept.put(id.toString(), number);
            } else if (reply.status() == 503 && reply.headers().containsKey("retry-after")) {
                turnedAway.incrementAndGet();
            } else {
                faults.add("upload %d: %d %s".formatted(number, reply.status(), new String(reply.body(), UTF_8)));
            }
        } catch (IOException e) {
            faults.add("upload %d: %s".formatted(number, e));
        }
    }

    private static byte[] beginning(EventId id, int number) {
        return "{\"event_id\":\"%s\"}\n{\"type\":\"attachment\",\"filename\":\"%d\"}\n"
                .formatted(id, number)
                .getBytes(UTF_8);
    }

    private void sendSmallOnes(int port, AtomicBoolean uploading) {
        while (uploading.get()) {
            EventId id = Sender.newId();
            long began = System.nanoTime();
            try (var connection = new RawConnection(port)) {
                RawConnection.Reply reply = connection.exchange(Gateways.request(id));
                slowestSmallOne.accumulateAndGet(System.nanoTime() - began, Math::max);
                if (reply.status() == 200) {
                    smallOnes.add(id.toString());
                } else {
                    faults.add("a small one: %d %s".formatted(reply.status(), new String(reply.body(), UTF_8)));
                }
            } catch (IOException e) {
                faults.add("a small one: " + e);
            }
        }
    }

    /** The envelopes on the topic whose bytes are those that were sent, with the number of the upload; -1 for small ones. */
    private Map<String, Integer> intactOnTopic(Gateways gateways) {
        Map<String, Integer> found = new HashMap<>();
        gateways.forEachKept(record -> {
            byte[] body = record.value();
            int end = Gateways.lineEnd(body, 0);
            String id = Http.JSON.readTree(body, 0, end).path("event_id").asString();
            if (body.length < BODY) {
                found.put(id, -1);
            } else {
                int itemEnd = Gateways.lineEnd(body, end + 1);
                int number = Http.JSON
                        .readTree(body, end + 1, itemEnd - end - 1)
                        .path("filename")
                        .asInt();
                boolean intact = Arrays.equals(body, itemEnd + 1, BODY, noise, number + itemEnd + 1, number + BODY);
                assertThat(found.put(id, intact ? number : -2)).as("kept once").isNull();
            }
        });
        return found;
    }
}
