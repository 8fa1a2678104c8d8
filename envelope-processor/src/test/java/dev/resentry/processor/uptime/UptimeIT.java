package dev.resentry.processor.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.resentry.model.uptime.ExpectedStatus;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a server that is down to an issue, and from one that is up again to an issue that is resolved. */
@Timeout(180)
class UptimeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger STATUS = new AtomicInteger(200);
    private static HttpServer server;
    private static RunningProcessor processor;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws InterruptedException, IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(STATUS.get(), -1);
            exchange.close();
        });
        server.start();
        processor = new RunningProcessor(List.of("--resentry.targets.allowed-networks=127.0.0.1"));
        jdbc = processor.jdbc();
        jdbc.sql("""
                        INSERT INTO project_keys (project_id, public_key, label, active, created_at)
                        VALUES (1, 'e12d836b15bb49d7bbf99e64295d995b', 'default', true, now())
                        """).update();
    }

    @AfterAll
    static void stop() {
        processor.close();
        server.stop(0);
    }

    @Test
    void anOutageIsOneIssueThatIsResolvedWhenItIsOver() {
        var store = new UptimeStore(jdbc);
        long check = store.add(
                        1,
                        new UptimeCheckSettings(
                                "Shop",
                                "http://127.0.0.1:%d/?key=secret"
                                        .formatted(server.getAddress().getPort()),
                                "GET",
                                1,
                                5,
                                ExpectedStatus.parse("200-299"),
                                null,
                                "production",
                                2,
                                true),
                        Instant.now())
                .orElseThrow();
        awaitState(check, "up");
        assertThat(processor.count("issues")).isZero();

        STATUS.set(503);
        runAgain(store, check, 3);
        awaitState(check, "down");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(issue()).isEqualTo("unresolved 1"));
        assertThat(jdbc.sql("SELECT title FROM issues").query(String.class).single())
                .isEqualTo("Shop is down: 503 (expected 200-299)");
        assertThat(jdbc.sql("SELECT payload::text FROM events")
                        .query(String.class)
                        .single())
                .contains("\"uptime\"", "503")
                .doesNotContain("secret");

        STATUS.set(200);
        runAgain(store, check, 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(issue()).isEqualTo("resolved 1"));
        assertThat(activities()).containsExactly("recovered");

        STATUS.set(500);
        runAgain(store, check, 2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(issue()).isEqualTo("unresolved 2"));
        assertThat(activities()).containsExactly("recovered", "regression");
        assertThat(jdbc.sql("SELECT DISTINCT last_location FROM uptime_checks")
                        .query(String.class)
                        .single())
                .isNotBlank();
    }

    /** Has the check made so many times, one after the other, without waiting for its interval. */
    private static void runAgain(UptimeStore store, long check, int times) {
        for (int i = 0; i < times; i++) {
            long before = processor.count("uptime_results");
            store.runNow(check, Instant.now());
            await().atMost(PATIENCE).until(() -> processor.count("uptime_results") > before);
        }
    }

    private static void awaitState(long check, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.sql("SELECT state FROM uptime_checks WHERE id = :id")
                                .param("id", check)
                                .query(String.class)
                                .single())
                        .isEqualTo(state));
    }

    private static String issue() {
        return jdbc.sql("SELECT concat_ws(', ', string_agg(status || ' ' || event_count, ', ')) FROM issues")
                .query(String.class)
                .single();
    }

    private static List<String> activities() {
        return jdbc.sql("SELECT kind FROM issue_activities ORDER BY id")
                .query(String.class)
                .list();
    }
}
