package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A Java program asks a Node service, each with its own SDK and project; what comes of it is one trace. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class TraceOfTwoServicesIT {
    private static Cluster cluster;
    private static Api shop;
    private static Api stock;

    @BeforeAll
    static void makeProjects(Cluster shared) throws Exception {
        cluster = shared;
        shop = cluster.apiWithNewProject("Shop");
        stock = cluster.apiWithNewProject("Stock");
        Npm.install("node-sdk");
    }

    @Test
    void aTraceHoldsTheSpansOfBothServicesAndTheErrorAtItsSpan() throws Exception {
        Process service = start(List.of("node", "node-sdk/stock.js", stock.dsnAt(cluster.gateway.url())));
        Map<String, String> ids;
        try {
            String port = service.inputReader().readLine();
            ids = run(List.of(
                    ServiceProcess.java(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    JavaSdkShop.class.getName(),
                    shop.dsnAt(cluster.gateway.url()),
                    "http://127.0.0.1:" + port));
            // It sends what it has and ends.
            service.outputWriter().close();
            assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            service.destroyForcibly();
        }
        String path = "/api/v1/traces/" + ids.get("trace");

        await("the parts of the trace").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Http.Answer answer = shop.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("transactions").size()).isEqualTo(3);
            assertThat(answer.json().path("errors").size()).isEqualTo(1);
        });

        JsonNode trace = shop.json(path);
        long shopId = shop.project().path("id").asLong();
        long stockId = stock.project().path("id").asLong();
        JsonNode checkout = transaction(trace, ids.get("transaction"));
        assertThat(checkout.path("project_id").asLong()).isEqualTo(shopId);
        assertThat(checkout.path("name").asString()).isEqualTo("POST /checkout");
        for (String article : List.of("7", "13")) {
            JsonNode call = span(trace, ids.get("call-" + article));
            assertThat(call.path("project_id").asLong()).isEqualTo(shopId);
            assertThat(call.path("parent_span_id").asString()).isEqualTo(ids.get("transaction"));
            JsonNode served = childOf(trace.path("transactions"), ids.get("call-" + article));
            assertThat(served.path("project_id").asLong()).isEqualTo(stockId);
            assertThat(served.path("op").asString()).isEqualTo("http.server");
            JsonNode statement =
                    childOf(trace.path("spans"), served.path("span_id").asString());
            assertThat(statement.path("description").asString())
                    .isEqualTo("SELECT * FROM stock WHERE article = " + article);
            if (article.equals("13")) {
                JsonNode error = trace.at("/errors/0");
                assertThat(error.path("project_id").asLong()).isEqualTo(stockId);
                assertThat(error.path("title").asString()).isEqualTo("Error: No such article");
                assertThat(error.path("span_id").asString())
                        .isIn(
                                served.path("span_id").asString(),
                                statement.path("span_id").asString());
            }
        }
        assertThat(trace.path("hidden_projects").asInt()).isZero();

        JsonNode endpoints = shop.json("/api/v1/performance/transactions?range=1h&project=" + stockId);
        assertThat(endpoints.path("results").findValuesAsString("name")).containsExactly("GET /stock/*");
        assertThat(endpoints.at("/results/0/now/transactions").asLong()).isEqualTo(2);
        assertThat(endpoints.at("/results/0/now/failure_rate").asDouble()).isEqualTo(0.5);
    }

    private static JsonNode transaction(JsonNode trace, String span) {
        return withValue(trace.path("transactions"), "span_id", span);
    }

    private static JsonNode span(JsonNode trace, String span) {
        return withValue(trace.path("spans"), "span_id", span);
    }

    private static JsonNode childOf(JsonNode parts, String parent) {
        return withValue(parts, "parent_span_id", parent);
    }

    private static JsonNode withValue(JsonNode parts, String field, String value) {
        return parts.valueStream()
                .filter(part -> part.path(field).asString("").equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(field, value, parts)));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs a program to its end and reads the ids it prints. */
    private static Map<String, String> run(List<String> command) throws IOException, InterruptedException {
        Process program = start(command);
        Map<String, String> ids = new HashMap<>();
        program.inputReader().lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            ids.put(parts[0], parts[parts.length - 1]);
        });
        assertThat(program.waitFor()).isZero();
        return ids;
    }
}
