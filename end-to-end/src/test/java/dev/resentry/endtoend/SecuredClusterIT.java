package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.server.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * As a company runs it: three brokers behind TLS and a password, PostgreSQL behind TLS with a replica, the services by the settings that
 * docs/cluster.md names. A broker dies under load, then the replica.
 */
@Tag("campaign")
class SecuredClusterIT {
    private static final String EXPLORED = "/api/v1/explore/events?field=title&field=count()&sort=-count()";

    private final Set<EventId> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sending = new AtomicBoolean(true);

    @Test
    @Timeout(600)
    void nothingIsLostWhenABrokerDiesAndReadsGoOnWhenTheReplicaDoes(@TempDir Path directory) throws Exception {
        Certificates certificates = Certificates.in(directory.resolve("certificates"));
        try (SecuredPostgres postgres = SecuredPostgres.start(directory.resolve("postgres"), certificates);
                SecuredKafka kafka = SecuredKafka.start(directory.resolve("kafka"), certificates);
                Cluster cluster = Cluster.start(TestServers.shared(), settings(postgres, kafka))) {
            cluster.startProcessor().awaitReady();
            cluster.startProcessor().awaitReady();
            Api api = cluster.api();
            Sender sender = Sender.of(api, cluster.gateway.url());
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                senders.add(Thread.ofVirtual().start(() -> sendOn(sender)));
            }
            awaitLoad();

            kafka.kill(0);
            awaitLoad();
            await("the others know of it").atMost(Duration.ofSeconds(60)).until(() -> kafka.brokers() == 2);
            awaitLoad();
            sending.set(false);
            for (Thread thread : senders) {
                thread.join();
            }

            JsonNode balance = await("all is stored")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> api.json("/api/v1/ledger/balance"), this::isSettled);
            assertThat(balance.at("/envelopes/lost").asLong()).isZero();
            assertThat(balance.at("/envelopes/difference").asLong()).isZero();
            assertThat(storedIds(api)).containsAll(hexOf(acknowledged));

            long before = postgres.scansOfReplica();
            assertThat(api.get(EXPLORED).status()).isEqualTo(200);
            await("the replica answered")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> api.get(EXPLORED).status() == 200 && postgres.scansOfReplica() > before);

            postgres.killReplica();
            assertThat(api.get(EXPLORED).status())
                    .as("the database answers for it")
                    .isEqualTo(200);
        }
    }

    private static Map<String, String> settings(SecuredPostgres postgres, SecuredKafka kafka) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "KAFKA_REPLICATION_FACTOR",
                "3",
                "DATABASE_URL",
                postgres.url(),
                "DATABASE_READ_URL",
                postgres.readUrl()));
        kafka.clientProperties()
                .forEach((key, value) -> settings.put(
                        "RESENTRY_KAFKA_PROPERTIES_"
                                + key.toUpperCase(Locale.ROOT).replace('.', '_'),
                        value));
        return settings;
    }

    private void sendOn(Sender sender) {
        while (sending.get()) {
            EventId event = Sender.newId();
            if (sender.send(Sender.event(event, "Order failed")).status() == 200) {
                acknowledged.add(event);
            }
        }
    }

    private void awaitLoad() {
        int before = acknowledged.size();
        await("load").atMost(Duration.ofSeconds(90)).until(() -> acknowledged.size() > before + 500);
    }

    private boolean isSettled(JsonNode balance) {
        return balance.at("/envelopes/in_flight").asLong() == 0
                && balance.at("/envelopes/stored").asLong() >= acknowledged.size();
    }

    private static List<String> storedIds(Api api) {
        return api.all("/api/projects/events").stream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    private static List<String> hexOf(Set<EventId> ids) {
        return ids.stream().map(EventId::toString).toList();
    }
}
