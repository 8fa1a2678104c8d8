package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.size.TestSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway is stopped under load: every request of an accepted connection is answered. */
@Timeout(240)
class StoppedGatewayIT {
    private static final int STOPS = TestSize.of(1, 3);
    private static final int KEEP_ALIVE_SENDERS = 16;
    private static final int SHORT_SENDERS = 48;
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);

    private static Gateways gateways;

    @BeforeAll
    static void startServers() {
        gateways = new Gateways();
    }

    @AfterAll
    static void stopServers() {
        gateways.close();
    }

    @Test
    void everyRequestOfAnAcceptedConnectionIsAnswered() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var load = new Load();
        for (int stop = 0; stop < STOPS; stop++) {
            ServiceProcess gateway = gateways.start(Map.of());
            // Any moment is as good as another.
            int enough = load.kept.size() + 300 + random.nextInt(300);
            List<Thread> senders = load.start(gateway.port());
            await("load").atMost(Duration.ofSeconds(30)).until(() -> load.kept.size() > enough);
            assertThat(gateway.stop(STOPPED_WITHIN)).as("ended by the signal").isEqualTo(143);
            for (Thread sender : senders) {
                assertThat(sender.join(Duration.ofSeconds(40)))
                        .as("a sender is answered or refused")
                        .isTrue();
            }
        }

        assertThat(load.broken).as("cut off, of stops after %s", seed).isEmpty();
        assertThat(load.others).as("answers other than 200").isEmpty();
        Map<String, Integer> kept = gateways.keptIds();
        assertThat(load.kept)
                .hasSizeGreaterThan(STOPS * 300)
                .allSatisfy(id -> assertThat(kept.get(id)).as(id).isEqualTo(1));
    }

    @Test
    void reportsDrainingServesOnAndFinishesRequestsUnderWay() throws Exception {
        ServiceProcess gateway = gateways.start(Map.of("RESENTRY_STOP_DELAY", "3s", "RESENTRY_STOP_TIMEOUT", "6s"));
        byte[] request = Gateways.request(Sender.newId());
        int half = request.length / 2;
        try (var begun = new RawConnection(gateway.port());
                var stuck = new RawConnection(gateway.port());
                var idle = new RawConnection(gateway.port())) {
            assertThat(idle.exchange(request).closes()).isFalse();
            begun.write(request, 0, half);
            stuck.write(request, 0, half);

            gateway.terminate();

            await("it is not ready any more")
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> Http.status(gateway.url() + "/health/ready") == 503);
            try (var late = new RawConnection(gateway.port())) {
                RawConnection.Reply reply = late.exchange(request);
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.closes()).isTrue();
            }
            assertThat(idle.isOpen())
                    .as("a connection that waits, before the listener is closed")
                    .isTrue();
            await("nobody new is taken").atMost(Duration.ofSeconds(8)).until(() -> isRefused(gateway.port()));
            begun.write(request, half, request.length - half);
            RawConnection.Reply reply = begun.reply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.closes()).isTrue();
            await("who waits is let go").atMost(Duration.ofSeconds(3)).until(() -> !idle.isOpen());
            gateway.stop(STOPPED_WITHIN);
        }
    }

    private static boolean isRefused(int port) {
        try (var _ = new RawConnection(port)) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** Senders that go on until they are refused. */
    private static final class Load {
        private final Set<String> kept = ConcurrentHashMap.newKeySet();
        private final Queue<Integer> others = new ConcurrentLinkedQueue<>();
        private final Queue<String> broken = new ConcurrentLinkedQueue<>();

        List<Thread> start(int port) {
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < KEEP_ALIVE_SENDERS; i++) {
                senders.add(Thread.ofVirtual().start(() -> sendUntilRefused(port, Integer.MAX_VALUE)));
            }
            for (int i = 0; i < SHORT_SENDERS; i++) {
                senders.add(Thread.ofVirtual().start(() -> sendUntilRefused(port, 1)));
            }
            return senders;
        }

        private void sendUntilRefused(int port, int requestsPerConnection) {
            while (true) {
                RawConnection connection;
                try {
                    connection = new RawConnection(port);
                } catch (IOException _) {
                    return;
                }
                try (connection) {
                    send(connection, requestsPerConnection);
                }
            }
        }

        private void send(RawConnection connection, int requests) {
            for (int i = 0; i < requests; i++) {
                EventId id = Sender.newId();
                try {
                    RawConnection.Reply reply = connection.exchange(Gateways.request(id));
                    if (reply.status() == 200) {
                        kept.add(id.toString());
                    } else {
                        others.add(reply.status());
                    }
                    if (reply.closes()) {
                        return;
                    }
                } catch (IOException e) {
                    broken.add("request %d of a connection: %s".formatted(i, e));
                    return;
                }
            }
        }
    }
}
