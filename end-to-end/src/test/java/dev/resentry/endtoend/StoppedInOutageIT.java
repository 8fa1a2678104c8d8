package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.server.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway is stopped while Kafka is away and under load: the next start sends what it accepted. */
@Timeout(240)
class StoppedInOutageIT {
    private static final int SENDERS = 16;
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> others = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    @Test
    void everythingItTookIsOnTheTopicAfterTheNextStart() throws Exception {
        try (var servers = TestServers.separate();
                var gateways = new Gateways(servers)) {
            ServiceProcess gateway = gateways.start(Map.of());
            List<Thread> senders = IntStream.range(0, SENDERS)
                    .mapToObj(_ -> Thread.ofVirtual().start(() -> sendUntilRefused(gateway.port())))
                    .toList();
            await("load").atMost(LONG).until(() -> kept.size() > 200);

            servers.stopKafka();
            int before = kept.size();
            await("load goes on").atMost(LONG).until(() -> kept.size() > before + 500);
            Metrics outage = Metrics.of(gateway);
            assertThat(outage.sum("resentry_spool_envelopes", "")).isPositive();
            assertThat(outage.sum("resentry_spool_bytes", "")).isPositive();
            assertThat(outage.sum("resentry_spool_oldest_seconds", "")).isPositive();
            assertThat(outage.sum("resentry_spool_appended_total", "")).isPositive();
            assertThat(outage.sum("resentry_spool_accepting", "")).isEqualTo(1);
            assertThat(outage.sum("resentry_spool_refused_total", "")).isZero();

            assertThat(gateway.stop(STOPPED_WITHIN)).as("ended by the signal").isEqualTo(143);
            for (Thread sender : senders) {
                assertThat(sender.join(STOPPED_WITHIN))
                        .as("a sender is answered or refused")
                        .isTrue();
            }
            assertThat(broken).as("cut off").isEmpty();
            assertThat(others).as("answers other than 200").isEmpty();

            servers.startKafka();
            ServiceProcess next = gateways.start(Map.of());
            await("the spool is empty")
                    .atMost(LONG)
                    .until(() -> Metrics.of(next).sum("resentry_spool_envelopes", "") == 0);
            Metrics drained = Metrics.of(next);
            assertThat(drained.sum("resentry_spool_drained_total", "")).isPositive();
            assertThat(drained.sum("resentry_spool_broken_total", "")).isZero();
            assertThat(gateways.keptIds().keySet()).containsAll(kept);
        }
    }

    private void sendUntilRefused(int port) {
        while (true) {
            RawConnection connection;
            try {
                connection = new RawConnection(port);
            } catch (IOException _) {
                return;
            }
            try (connection) {
                send(connection);
            } catch (IOException e) {
                broken.add(e.toString());
            }
        }
    }

    private void send(RawConnection connection) throws IOException {
        RawConnection.Reply reply;
        do {
            EventId id = Sender.newId();
            reply = connection.exchange(Gateways.request(id));
            if (reply.status() == 200) {
                kept.add(id.toString());
            } else {
                others.add(reply.status());
            }
        } while (!reply.closes());
    }
}
