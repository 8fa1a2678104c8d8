package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Two processors share the work, while envelopes with all kinds of items keep coming; one after the other a processor and the database
 * are killed and the broker goes away. In the end everything is there once, and the books say so; and so they do after a replay during
 * which all processors are killed.
 */
@Order(1)
class ReconciledAfterKillsIT {
    private static final int ROUNDS = TestSize.of(3, 30);

    /** All rows of what is made of envelopes, in short. */
    private static final String DERIVED = """
            SELECT concat_ws(' ',
                (SELECT md5(string_agg(to_jsonb(e)::text, '' ORDER BY project_id, event_id)) FROM events e),
                (SELECT md5(string_agg(to_jsonb(t)::text, '' ORDER BY project_id, event_id)) FROM transactions t),
                (SELECT md5(string_agg(to_jsonb(s)::text, '' ORDER BY trace_id, span_id)) FROM spans s),
                (SELECT md5(string_agg(to_jsonb(h)::text, '' ORDER BY issue_id, hour, environment, level)) FROM issue_hours h),
                (SELECT md5(string_agg(to_jsonb(t)::text, '' ORDER BY issue_id, key, value)) FROM issue_tags t))
            """;

    private final Set<EventId> events = ConcurrentHashMap.newKeySet();
    private final Set<EventId> transactions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sending = new AtomicBoolean(true);

    @Test
    @Timeout(1200)
    void everythingIsStoredOnceAndTheBooksBalanceWhateverDies() throws Exception {
        try (TestServers servers = TestServers.separate();
                Cluster cluster = Cluster.start(servers, Map.of("RESENTRY_MAX_BATCH", "50"))) {
            List<ServiceProcess> processors = new ArrayList<>();
            processors.add(cluster.startProcessor());
            processors.add(cluster.startProcessor());
            processors.forEach(ServiceProcess::awaitReady);
            Api api = cluster.api();
            Sender sender = Sender.of(api, cluster.gateway.url());
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                senders.add(Thread.ofVirtual().start(() -> sendOn(sender)));
            }

            for (int round = 0; round < ROUNDS; round++) {
                awaitLoad();
                switch (round % 3) {
                    case 0 -> {
                        int victim = round % 2;
                        processors.get(victim).kill();
                        processors.set(victim, cluster.startProcessor());
                    }
                    case 1 -> {
                        servers.killPostgres();
                        awaitLoad();
                        servers.startPostgres();
                    }
                    default -> {
                        servers.stopKafka();
                        awaitLoad();
                        servers.startKafka();
                    }
                }
            }
            awaitLoad();
            sending.set(false);
            for (Thread thread : senders) {
                thread.join();
            }

            JsonNode balance = await("all is processed")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> api.json("/api/v1/ledger/balance"), this::isSettled);
            assertThat(countedOnIssues(api)).isEqualTo(events.size());
            assertThat(storedIds(api)).isEqualTo(hexOf(events));
            assertThat(balance.at("/envelopes/difference").asLong()).isZero();
            assertThat(balance.at("/envelopes/stored").asLong()).isEqualTo(events.size() + transactions.size());
            assertThat(balance.at("/envelopes/lost").asLong()).isZero();
            assertThat(balance.at("/envelopes/dead").asLong()).isZero();
            assertThat(balance.at("/items/difference").asLong()).isZero();
            assertThat(balance.at("/items/stored").asLong())
                    .isEqualTo((long) events.size() * Sender.EVENT_AND_OTHERS
                            + (long) transactions.size() * Sender.TRANSACTION);
            assertThat(balance.path("refused")
                            .valueStream()
                            .mapToLong(total -> total.path("quantity").asLong())
                            .sum())
                    .as("what client reports said, each counted once")
                    .isEqualTo(events.size());

            assertAReplayRepairsWhatIsWrongAlthoughItIsKilled(cluster, api, processors);
            assertThat(countedOnIssues(api)).isEqualTo(events.size());
            assertThat(api.json("/api/v1/ledger/balance")
                            .at("/items/difference")
                            .asLong())
                    .isZero();
        }
    }

    private static void assertAReplayRepairsWhatIsWrongAlthoughItIsKilled(
            Cluster cluster, Api api, List<ServiceProcess> processors) throws Exception {
        try (Database database = cluster.database()) {
            String right = database.text(DERIVED);
            database.update("UPDATE events SET title = 'wrong', level = 'fatal', user_hash = NULL");
            database.update("DELETE FROM spans");
            Instant now = Instant.now();
            Http.Answer asked = api.post(
                    "/api/v1/replays",
                    Map.of("from", now.minus(Duration.ofHours(2)).toString(), "to", now.toString()));
            assertThat(asked.status()).isEqualTo(202);
            String replay = "/api/v1/replays/" + asked.json().path("id").asLong();
            await("it has begun")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> api.json(replay).at("/progress/done").asLong() > 0);
            processors.forEach(ServiceProcess::kill);
            assertThat(api.json(replay).path("state").asString()).isEqualTo("running");
            assertThat(database.text(DERIVED)).isNotEqualTo(right);

            // Anyone may take it up once the lease of the dead has ended, which is a matter of a minute.
            database.update("UPDATE jobs SET available_at = now() WHERE state = 'running'");
            cluster.startProcessor();
            await("it is done")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> api.json(replay).path("state").asString().equals("succeeded"));
            assertThat(database.text(DERIVED)).isEqualTo(right);
        }
    }

    private boolean isSettled(JsonNode balance) {
        return balance.at("/envelopes/in_flight").asLong() == 0
                && balance.at("/envelopes/stored").asLong() >= events.size() + transactions.size();
    }

    private void awaitLoad() {
        int before = events.size();
        await("load").atMost(Duration.ofSeconds(60)).until(() -> events.size() > before + 100);
    }

    private void sendOn(Sender sender) {
        while (sending.get()) {
            EventId event = Sender.newId();
            if (sender.send(Sender.eventAndOthers(event, "Order " + events.size() + " failed"))
                            .status()
                    == 200) {
                events.add(event);
            }
            EventId transaction = Sender.newId();
            if (sender.send(Sender.transaction(transaction)).status() == 200) {
                transactions.add(transaction);
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
