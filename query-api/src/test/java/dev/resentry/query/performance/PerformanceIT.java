package dev.resentry.query.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PerformanceIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void showsHowEndpointsFareAndWhatMakesThemSlow() {
        long project = ROWS.project("performance");
        long issue = ROWS.issue(project, "IllegalStateException: Checkout failed", Instant.now(), "unresolved");
        UUID trace = ROWS.slowCart(project, issue);

        JsonNode list = get("transactions?project=performance&range=1h&sort=failure_rate");

        assertThat(list.path("results").size()).isEqualTo(1);
        JsonNode cart = list.at("/results/0");
        assertThat(cart.path("name").asString()).isEqualTo("cart");
        assertThat(cart.at("/now/transactions").asLong()).isEqualTo(40);
        assertThat(cart.at("/now/failure_rate").asDouble()).isEqualTo(0.25);
        assertThat(cart.at("/now/p50").asDouble()).isCloseTo(100, within(1.0));
        assertThat(cart.at("/now/p95").asDouble()).isCloseTo(250, within(2.5));
        assertThat(cart.at("/now/per_minute").asDouble()).isCloseTo(40 / 60.0, within(0.05));
        assertThat(cart.at("/before/transactions").asLong()).isZero();
        assertThat(cart.path("trend").asDouble()).isEqualTo(1);
        assertThat(list.path("next").isNull()).isTrue();

        JsonNode one = get("transaction?project=performance&name=cart&range=1h");
        assertThat(one.at("/intervals/0/figures/transactions").asLong()).isEqualTo(40);
        assertThat(one.at("/slowest/0/trace_id").asString()).isEqualTo(StoredRows.hex(trace));
        assertThat(one.at("/spans/0/spans").asLong()).isEqualTo(1);
        assertThat(one.at("/issues/0/id").asLong()).isEqualTo(issue);

        JsonNode statements = get("queries?project=performance&range=1h");
        assertThat(statements.at("/slow/0/statement").asString()).isEqualTo("SELECT ?");
        assertThat(statements.at("/slow/0/calls").asLong()).isEqualTo(6);
        assertThat(statements.at("/repeated/0/most_calls").asInt()).isEqualTo(6);
        assertThat(statements.at("/repeated/0/transaction").asString()).isEqualTo("cart");

        JsonNode whole = API.get("/api/v1/traces/" + StoredRows.hex(trace)).json();
        assertThat(whole.at("/errors/0/issue_id").asLong()).isEqualTo(issue);
        assertThat(whole.at("/errors/0/span_id").asString()).isEqualTo("fa90fdead5f74052");
        assertThat(whole.path("hidden_projects").asInt()).isZero();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        ROWS.project("performance-empty");
        assertThat(API.get("/api/v1/performance/transactions?sort=slow").status())
                .isEqualTo(400);
        assertThat(API.get("/api/v1/performance/transactions?end=-999999999-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(API.get("/api/v1/performance/transactions?cursor=abc").status())
                .isEqualTo(400);
        assertThat(API.get("/api/v1/performance/transactions?project=none").status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/performance/transaction?project=performance-empty&name=none")
                        .status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/performance/transaction?name=none").status())
                .isEqualTo(400);
    }

    private static JsonNode get(String path) {
        return API.get("/api/v1/performance/" + path).json();
    }
}
