package dev.resentry.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API's metrics as Prometheus reads them; without Kafka, so that changes stay in the outbox. */
@Timeout(120)
class MetricsIT {
    private static RunningApi api;

    @BeforeAll
    static void start() {
        Map<String, String> settings = RunningApi.freshSettings();
        settings.put("resentry.kafka.bootstrap-servers", "127.0.0.1:1");
        api = RunningApi.start(settings);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void countsRequestsByTheTemplateOfTheirRouteAndTheirStatus() {
        assertThat(api.get("/api/v1/projects/1").status()).isEqualTo(200);
        assertThat(api.get("/api/v1/projects/1/").status()).isEqualTo(200);
        assertThat(api.get("/api/v1/projects/999").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/nothing/like/it").status()).isEqualTo(404);
        assertThat(RunningApi.exchange(HttpRequest.newBuilder(api.uri("/api/v1/projects/1")))
                        .status())
                .isEqualTo(401);

        await().untilAsserted(() -> assertThat(requests("status=\"200\",uri=\"/api/v1/projects/{id}"))
                .isEqualTo(2));
        assertThat(requests("status=\"404\",uri=\"/api/v1/projects/{id}")).isEqualTo(1);
        assertThat(requests("status=\"401\",uri=\"UNKNOWN\"")).isEqualTo(1);
        assertThat(scrape().text()).doesNotContain("nothing/like").contains("http_server_requests_seconds_bucket{");
    }

    @Test
    void saysHowManyChangesOfProjectsWait() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scrape().text()).contains("\nresentry_projects_outbox 1.0"));
    }

    @Test
    void saysHowTheProcessIsAndIsOpenLikeHealth() {
        Reply page = scrape();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
        assertThat(page.text())
                .contains(
                        "jvm_memory_used_bytes{",
                        "jvm_threads_live_threads",
                        "process_cpu_usage",
                        "process_uptime_seconds");
    }

    private static Reply scrape() {
        return RunningApi.exchange(HttpRequest.newBuilder(api.uri("/metrics")));
    }

    private static double requests(String labels) {
        return scrape().text()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
