package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Two processors share the work; one of them is killed, in a campaign again and again, while envelopes keep coming. */
class KilledProcessorIT {
    private static final int KILLS = TestSize.of(1, 10);

    @Test
    @Timeout(300)
    void everyEventIsStoredOnceHoweverOftenAProcessorDies() throws Exception {
        try (Cluster cluster = Cluster.start(Map.of("RESENTRY_MAX_BATCH", "50"))) {
            List<ServiceProcess> processors = new ArrayList<>();
            processors.add(cluster.startProcessor());
            processors.add(cluster.startProcessor());
            processors.forEach(ServiceProcess::awaitReady);
            Api api = cluster.api();
            Sender sender = Sender.of(api, cluster.gateway.url());
            Set<EventId> acknowledged = ConcurrentHashMap.newKeySet();
            var sending = new AtomicBoolean(true);
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                senders.add(Thread.ofVirtual().start(() -> sendWhile(sending, sender, acknowledged)));
            }

            for (int kill = 0; kill < KILLS; kill++) {
                int before = acknowledged.size();
                await("load").atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > before + 150);
                processors.get(kill % 2).kill();
                processors.set(kill % 2, cluster.startProcessor());
            }
            sending.set(false);
            for (Thread thread : senders) {
                thread.join();
            }

            assertThat(acknowledged).hasSizeGreaterThan(KILLS * 150);
            await("all events are stored")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(countedOnIssues(api)).isEqualTo(acknowledged.size()));
            assertThat(storedIds(api)).isEqualTo(hexOf(acknowledged));
        }
    }

    private static void sendWhile(AtomicBoolean sending, Sender sender, Set<EventId> acknowledged) {
        while (sending.get()) {
            EventId id = Sender.newId();
            byte[] envelope = Sender.event(id, "Order " + acknowledged.size() + " failed");
            if (sender.send(envelope).status() == 200) {
                acknowledged.add(id);
            }
        }
    }

    private static long countedOnIssues(Api api) {
        return api.all("/issues").stream()
                .mapToLong(issue -> issue.path("count").asLong())
                .sum();
    }

    private static Set<String> storedIds(Api api) {
        List<JsonNode> events = api.all("/api/projects/events");
        Set<String> ids = new HashSet<>();
        events.forEach(event -> assertThat(ids.add(event.path("id").asString()))
                .as("stored once")
                .isTrue());
        return ids;
    }

    private static Set<String> hexOf(Set<EventId> ids) {
        Set<String> hex = new HashSet<>();
        ids.forEach(id -> hex.add(id.toString()));
        return hex;
    }
}
