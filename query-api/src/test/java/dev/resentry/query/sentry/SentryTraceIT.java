package dev.resentry.query.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Traces in the form of Sentry's API. */
class SentryTraceIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String ORGANIZATION = "/api/0/organizations/default/";

    @Test
    void aTraceHasItsSpansAsATreeAndItsErrors() {
        String slug = "traced-" + UUID.randomUUID();
        long project = ROWS.project(slug);
        long issue = ROWS.issue(project, "Checkout failed", Instant.now(), "unresolved");
        String trace = StoredRows.hex(ROWS.slowCart(project, issue));

        JsonNode extent = API.get(ORGANIZATION + "trace-meta/" + trace + "/?statsPeriod=14d")
                .json();
        JsonNode tree = API.get(ORGANIZATION + "trace/" + trace + "/?limit=1000&project=-1")
                .json();

        assertThat(extent.path("span_count").asInt()).isEqualTo(7);
        assertThat(extent.path("errors").asInt()).isEqualTo(1);
        assertThat(extent.at("/transaction_child_count_map/0/count()").asInt()).isEqualTo(6);
        JsonNode span = tree.path(0);
        assertThat(span.path("project_slug").asString()).isEqualTo(slug);
        assertThat(span.path("transaction").asString()).isEqualTo("cart");
        assertThat(span.path("is_transaction").asBoolean()).isTrue();
        assertThat(span.path("children")).hasSize(6);
        assertThat(span.at("/errors/0/title").asString()).isNotEmpty();
        assertThat(span.path("start_timestamp").isNumber()).isTrue();
        assertThat(tree.findValuesAsString("issue_id")).containsExactly(String.valueOf(issue));
    }

    @Test
    void aTraceOfWhichNothingIsKnownIsEmpty() {
        String trace = StoredRows.hex(UUID.randomUUID());

        assertThat(API.get(ORGANIZATION + "trace/" + trace + "/").json()).isEmpty();
        assertThat(API.get(ORGANIZATION + "trace-meta/" + trace + "/")
                        .json()
                        .path("span_count")
                        .asInt(-1))
                .isZero();
        assertThat(API.get(ORGANIZATION + "trace/no-trace/").status()).isEqualTo(400);
    }
}
