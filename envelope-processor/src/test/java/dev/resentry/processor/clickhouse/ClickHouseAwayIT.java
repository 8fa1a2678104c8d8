package dev.resentry.processor.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.service.health.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ClickHouse refuses everything: nothing waits for it, and what it missed it gets once it is well. */
@Timeout(120)
class ClickHouseAwayIT {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Map<String, List<String>> inserted = new ConcurrentHashMap<>();
    private volatile boolean isWell;
    private HttpServer server;
    private RunningProcessor processor;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String options = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8);
            answer(exchange, body, options);
        });
        server.start();
        processor = new RunningProcessor(List.of("--resentry.clickhouse.url=http://127.0.0.1:"
                + server.getAddress().getPort()));
    }

    private void answer(com.sun.net.httpserver.HttpExchange exchange, String body, String options) throws IOException {
        byte[] said = (isWell ? "{\"data\":[[0]]}" : "Code: 210. DB::NetException: no").getBytes(UTF_8);
        int into = options.indexOf("INSERT INTO ");
        if (isWell && into >= 0) {
            String table = options.substring(into + "INSERT INTO ".length()).split(" ")[0];
            inserted.computeIfAbsent(table, _ -> new CopyOnWriteArrayList<>())
                    .addAll(body.lines().toList());
        }
        exchange.sendResponseHeaders(isWell ? 200 : 500, said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    @AfterEach
    void stop() {
        processor.close();
        server.stop(0);
    }

    @Test
    void theProcessorStoresAndIsReadyAndTheCopyFollows() throws Exception {
        for (String body : SentData.all()) {
            processor.send(body);
        }

        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(processor.count("events")).isEqualTo(4));
        await().atMost(WITHIN).untilAsserted(() -> {
            Health.Readiness ready = processor.bean(Health.class).ready();
            assertThat(ready.checks().get("clickhouse").status()).isEqualTo("degraded");
            assertThat(ready.checks().get("clickhouse").cause()).contains("ClickHouse answered 500", "waits for");
            assertThat(ready.httpStatus()).isEqualTo(200);
        });
        assertThat(inserted).isEmpty();

        isWell = true;

        await().atMost(WITHIN).untilAsserted(() -> {
            assertThat(inserted)
                    .containsKeys("events", "transactions", "spans", "logs", "session_hours", "session_minutes");
            assertThat(inserted.get("events").stream().distinct()).hasSize(4);
            assertThat(inserted.get("logs").stream().distinct()).hasSize(3);
        });
        assertThat(inserted.get("events"))
                .anySatisfy(row -> assertThat(row)
                        .contains(
                                "\"title\": \"Out of memory\"", "\"environment\": \"staging\"", "\"user_id\": \"7\""));
        assertThat(inserted.get("transactions"))
                .anySatisfy(row -> assertThat(row).contains("\"measurements\": {\"lcp\": 1200}"));
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(processor
                                .bean(Health.class)
                                .ready()
                                .checks()
                                .get("clickhouse")
                                .status())
                        .isEqualTo("ok"));
    }
}
