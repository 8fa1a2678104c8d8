package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.storage.project.ProjectOutbox;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outbox of an API whose Kafka never answers, so that only the test empties it. */
@Timeout(120)
class ProjectOutboxIT {
    private static RunningApi api;
    private static ProjectOutbox outbox;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new TreeMap<>(RunningApi.freshSettings());
        settings.put("resentry.kafka.bootstrap-servers", "127.0.0.1:1");
        api = RunningApi.start(settings);
        outbox = api.bean(ProjectOutbox.class);
    }

    @AfterEach
    void empty() {
        api.database().sql("DELETE FROM leases").update();
        api.database().sql("DELETE FROM project_outbox").update();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void noTransactionIsOpenWhileAPublisherWaits() throws Exception {
        add("Slow");
        long before = rows();
        var publishing = new CountDownLatch(1);
        var kept = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> outbox.drain(_ -> {
            publishing.countDown();
            awaitUninterruptibly(kept);
        }));
        publishing.await();
        try {
            assertThat(openTransactions()).isZero();

            add("Meanwhile");
            var published = new AtomicBoolean();
            assertThat(outbox.drain(_ -> published.set(true)))
                    .as("it is the other one's turn")
                    .isZero();
            assertThat(published).isFalse();
        } finally {
            kept.countDown();
        }

        assertThat((long) first.get()).isEqualTo(before);
        assertThat(rows()).as("what came meanwhile stays").isEqualTo(1);
        assertThat(outbox.drain(_ -> {})).as("the turn was given back").isEqualTo(1);
    }

    @Test
    void whatCouldNotBePublishedStaysAndIsTriedAgainAtOnce() {
        add("Refused");
        long before = rows();

        assertThatThrownBy(() -> outbox.drain(_ -> {
                    throw new IllegalStateException("no Kafka");
                }))
                .hasMessage("no Kafka");

        assertThat(rows()).isEqualTo(before);
        assertThat((long) outbox.drain(_ -> {})).isEqualTo(before);
    }

    @Test
    void theTurnOfAProcessThatDiedEndsWithItsLease() {
        add("Orphaned");
        api.database()
                .sql("INSERT INTO leases VALUES ('project_outbox', 'dead', now() + interval '1 hour')")
                .update();
        assertThat(outbox.drain(_ -> {})).isZero();

        api.database()
                .sql("UPDATE leases SET expires_at = now() + interval '10 milliseconds'")
                .update();

        await().until(() -> outbox.drain(_ -> {}) > 0);
    }

    private static void add(String name) {
        assertThat(api.post("/api/v1/projects/", "{\"name\": \"%s\"}".formatted(name))
                        .status())
                .isEqualTo(201);
    }

    private static long rows() {
        return api.database()
                .sql("SELECT count(*) FROM project_outbox")
                .query(Long.class)
                .single();
    }

    private static long openTransactions() {
        return api.database().sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                        """).query(Long.class).single();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
