package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.endtoend.RoundRobinProxy.Connections;
import dev.resentry.model.event.EventId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two gateways behind a proxy are restarted one after the other, and no request fails. Includes nginx if it is installed. */
class RollingRestartIT {
    private static final int SENDERS = 9;
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);

    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean(true);

    @Test
    @Timeout(180)
    void noRequestFailsWhileOneGatewayAfterTheOtherIsRestarted() throws Exception {
        try (var gateways = new Gateways()) {
            ServiceProcess first = gateways.start(Map.of());
            ServiceProcess second = gateways.start(Map.of());
            Optional<Nginx> nginx = Nginx.startIfInstalled(first.port(), second.port());
            System.out.println("nginx is " + (nginx.isPresent() ? "looked at as well" : "not on this machine"));
            try (var fresh = new RoundRobinProxy(Connections.NEW, first.port(), second.port());
                    var pooled = new RoundRobinProxy(Connections.POOLED, first.port(), second.port())) {
                List<Thread> senders = new ArrayList<>();
                List<Integer> proxies = new ArrayList<>(List.of(fresh.port(), pooled.port()));
                nginx.ifPresent(proxy -> proxies.add(proxy.port()));
                for (int i = 0; i < SENDERS; i++) {
                    int port = proxies.get(i % proxies.size());
                    senders.add(Thread.ofVirtual().start(() -> sendOn(port)));
                }
                awaitLoad();

                for (ServiceProcess gateway : List.of(first, second)) {
                    gateway.stop(STOPPED_WITHIN);
                    awaitLoad();
                    gateways.start(gateway.port(), Map.of());
                    List<Integer> before = sum(fresh.answers(), pooled.answers());
                    await("both are used again")
                            .atMost(Duration.ofSeconds(20))
                            .untilAsserted(() -> assertThat(sum(fresh.answers(), pooled.answers()))
                                    .zipSatisfy(
                                            before,
                                            (now, then) -> assertThat(now).isGreaterThan(then + 50)));
                }
                sending.set(false);
                for (Thread sender : senders) {
                    sender.join();
                }

                assertThat(fresh.failures).as("with new connections").isEmpty();
                assertThat(pooled.failures).as("with pooled connections").isEmpty();
                assertThat(failed).isEmpty();
            } finally {
                nginx.ifPresent(Nginx::close);
            }
            Map<String, Integer> onTopic = gateways.keptIds();
            assertThat(kept)
                    .hasSizeGreaterThan(500)
                    .allSatisfy(id -> assertThat(onTopic.get(id)).as(id).isEqualTo(1));
        }
    }

    private void awaitLoad() {
        int before = kept.size();
        await("load").atMost(Duration.ofSeconds(30)).until(() -> kept.size() > before + 200);
    }

    private static List<Integer> sum(List<Integer> some, List<Integer> others) {
        List<Integer> sums = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            sums.add(some.get(i) + others.get(i));
        }
        return sums;
    }

    private void sendOn(int port) {
        while (sending.get()) {
            try (var connection = new RawConnection(port)) {
                boolean open = true;
                while (open && sending.get()) {
                    EventId id = Sender.newId();
                    RawConnection.Reply reply = connection.exchange(Gateways.request(id));
                    if (reply.status() == 200) {
                        kept.add(id.toString());
                    } else {
                        failed.add("status " + reply.status());
                    }
                    open = !reply.closes();
                }
            } catch (IOException e) {
                failed.add(e.toString());
            }
        }
    }
}
