package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** An outage of Kafka or PostgreSQL: ingest continues and nothing accepted is lost. */
@Timeout(1_200)
@Order(3)
class OutageIT {
    private static final int SENT_IN_OUTAGE = TestSize.of(200, 5_000);
    private static final Duration DATABASE_AWAY_FOR = Duration.ofSeconds(TestSize.of(5, 600));
    private static final String DATABASE_AWAY = "the database may be away";
    private static final String KAFKA_AWAY = "the broker may be away";
    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(3);

    private static final TestServers SERVERS = TestServers.separate();

    private static Cluster cluster;
    private static ServiceProcess processor;
    private static Api api;

    @BeforeAll
    static void startCluster() {
        cluster = Cluster.start(SERVERS, Map.of());
        processor = cluster.startProcessor().awaitReady();
        api = cluster.api();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
        SERVERS.close();
    }

    @Test
    void ingestGoesOnWhilePostgresIsDownAndNothingIsMissingAfterwards() {
        Sender sender = Sender.of(api, cluster.gateway.url());
        List<EventId> sent = new ArrayList<>();
        sent.add(sendAccepted(sender, DATABASE_AWAY));
        api.awaitEvent(sent.getFirst().toString());

        SERVERS.stopPostgres();
        long since = System.nanoTime();
        for (int i = 0; i < SENT_IN_OUTAGE; i++) {
            sent.add(sendAccepted(sender, DATABASE_AWAY));
        }
        await("the processor has noticed")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Http.status(processor.url() + "/health/ready") == 503);
        assertThat(Http.status(cluster.gateway.url() + "/health/ready")).isEqualTo(200);
        assertThat(api.get("/issues").status()).isEqualTo(503);
        await("the outage goes on, and so do senders")
                .atMost(DATABASE_AWAY_FOR.plusSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    sent.add(sendAccepted(sender, DATABASE_AWAY));
                    return System.nanoTime() - since > DATABASE_AWAY_FOR.toNanos();
                });
        SERVERS.startPostgres();

        await("all events are counted")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(api.all("/issues").stream()
                                .filter(issue -> issue.path("title").asString().equals(DATABASE_AWAY))
                                .mapToLong(issue -> issue.path("count").asLong())
                                .sum())
                        .isEqualTo(sent.size()));
        api.awaitEvent(sent.getLast().toString());
        JsonNode balance = await("the books say so too")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.json("/api/v1/ledger/balance"),
                        now -> now.at("/envelopes/in_flight").asLong() == 0
                                && now.at("/envelopes/accepted").asLong() >= sent.size());
        assertThat(balance.at("/envelopes/difference").asLong()).isZero();
        assertThat(balance.at("/envelopes/lost").asLong()).isZero();
        assertThat(balance.at("/envelopes/dead").asLong()).isZero();
    }

    @Test
    void ingestGoesOnWhileKafkaIsDownAndNothingIsMissingAfterwards() {
        Sender sender = Sender.of(api, cluster.gateway.url());
        List<EventId> sent = new ArrayList<>();
        sent.add(sendAccepted(sender, KAFKA_AWAY));
        api.awaitEvent(sent.getFirst().toString());

        SERVERS.stopKafka();
        for (int i = 0; i < 100; i++) {
            sent.add(sendAccepted(sender, KAFKA_AWAY));
        }
        assertThat(Http.status(cluster.gateway.url() + "/health/ready")).isEqualTo(200);
        SERVERS.startKafka();

        for (EventId id : sent) {
            api.awaitEvent(id.toString(), Duration.ofSeconds(60));
        }
    }

    @Test
    void withoutKafkaAndSpoolTheWaitIsBoundedAndTheAnswerIs503() {
        ServiceProcess gateway = cluster.startGateway(Map.of(
                        "RESENTRY_SPOOL", "false", "RESENTRY_ACKNOWLEDGE_WITHIN", ACKNOWLEDGE_WITHIN.toSeconds() + "s"))
                .awaitReady();
        Sender sender = Sender.of(api, gateway.url());
        api.awaitEvent(sendAccepted(sender, KAFKA_AWAY).toString());

        SERVERS.stopKafka();
        EventId refused = Sender.newId();
        Http.Answer answer = sender.send(Sender.event(refused, "refused"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asString()).contains("could not be kept");
        await("the gateway says that it is not ready")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Http.status(gateway.url() + "/health/ready") == 503);
        assertThat(Http.status(gateway.url() + "/health")).isEqualTo(200);

        SERVERS.startKafka();
        EventId accepted = await("accepted again")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            EventId id = Sender.newId();
                            return sender.send(Sender.event(id, "accepted")).status() == 200 ? id : refused;
                        },
                        id -> !id.equals(refused));
        api.awaitEvent(accepted.toString(), Duration.ofSeconds(60));
    }

    private static EventId sendAccepted(Sender sender, String message) {
        EventId id = Sender.newId();
        Http.Answer answer = sender.send(Sender.event(id, message));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("id").asString()).isEqualTo(id.toString());
        return id;
    }
}
