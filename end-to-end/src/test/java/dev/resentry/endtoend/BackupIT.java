package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An installation is backed up while events are sent to it, and brought back in another place, where it goes on. */
@Tag("campaign")
@Timeout(600)
class BackupIT {
    private static final int BEFORE = 60;

    @Test
    void whatWasAcknowledgedBeforeABackupIsThereAfterARestoreAndCountedOnce(@TempDir Path here, @TempDir Path there)
            throws Exception {
        Path backup = there.resolve("backup.zip");
        Path envelopes = there.resolve("envelopes.gz");
        Set<String> sent = ConcurrentHashMap.newKeySet();
        List<String> before;
        String password;
        try (var first = Standalone.unpackedIn(here)) {
            ServiceProcess process = first.up(Map.of("RATE_LIMIT_EVENTS_PER_MINUTE", "unlimited"))
                    .awaitReady();
            password = Standalone.shownPassword(process);
            Api api = Api.login(first.url(), "admin@localhost", password);
            Sender sender = Sender.of(api, first.url());

            var ends = new AtomicBoolean();
            var some = new CountDownLatch(BEFORE);
            Thread load = Thread.ofVirtual().start(() -> {
                while (!ends.get()) {
                    var id = Sender.newId();
                    if (sender.send(Sender.eventAndOthers(id, "It broke")).status() == 200) {
                        sent.add(id.toString());
                        some.countDown();
                    }
                }
            });
            some.await();
            before = List.copyOf(sent);
            assertThat(first.run(0, "backup", "--with-topic", backup.toString()))
                    .contains("which is running")
                    .contains("rows of");
            ends.set(true);
            load.join();

            awaitBalance(api);
            assertThat(first.run(0, "export-envelopes", envelopes.toString()))
                    .contains("%d envelopes".formatted(sent.size()));
        }

        try (var second = Standalone.unpackedIn(there)) {
            assertThat(second.run(0, "restore", backup.toString(), "--data", "data"))
                    .contains("all counts are those of the backup, and the ledger has its sums")
                    .contains("are on the topic");
            second.up(Map.of()).awaitReady();
            Api api = Api.login(second.url(), "admin@localhost", password);
            awaitBalance(api);
            for (String id : before) {
                assertThat(api.get("/events/" + id).status()).as(id).isEqualTo(200);
            }
            long issue =
                    api.json("/events/" + before.getFirst()).path("issue_id").asLong();
            long restored = count(api, issue);
            assertThat(restored).isBetween((long) before.size(), (long) sent.size());
            assertThat(sent.parallelStream()
                            .filter(id -> api.get("/events/" + id).status() == 200)
                            .count())
                    .as("counted once each")
                    .isEqualTo(restored);

            assertThat(second.run(0, "send-test-event")).contains("as part of issue");
            String replayed = second.run(
                    0,
                    "replay",
                    "--from",
                    Instant.now().minus(Duration.ofDays(1)).toString());
            assertThat(replayed).contains("Issues whose events changed: 0").doesNotContain(" added, ");
            assertThat(count(api, issue)).isEqualTo(restored);

            // What came after the backup, from the other installation; what is here already stays as it is.
            assertThat(second.run(0, "import-envelopes", envelopes.toString()))
                    .contains("%d envelopes are on the topic".formatted(sent.size()));
            await("all are there").atMost(Duration.ofSeconds(60)).until(() -> count(api, issue) == sent.size());
            awaitBalance(api);
            assertThat(count(api, issue)).isEqualTo(sent.size());
        }
    }

    private static long count(Api api, long issue) {
        return api.json("/issues/" + issue).path("count").asLong();
    }

    private static void awaitBalance(Api api) {
        JsonNode balance = await("all is processed")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.json("/api/v1/ledger/balance"),
                        seen -> seen.at("/envelopes/in_flight").asLong(-1) == 0
                                && seen.at("/envelopes/accepted").asLong() > 0);
        assertThat(balance.at("/envelopes/difference").asLong())
                .as(balance.toString())
                .isZero();
        assertThat(balance.at("/envelopes/lost").asLong())
                .as(balance.toString())
                .isZero();
        assertThat(balance.at("/items/difference").asLong())
                .as(balance.toString())
                .isZero();
    }
}
