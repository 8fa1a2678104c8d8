package dev.resentry.query.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TracesIT {
    private static final Instant AT = Instant.parse("2026-11-18T23:59:59.500Z");
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void showsATransactionWithItsSpans() {
        long project = ROWS.project("transactions");
        UUID envelope = StoredRows.envelopeId(AT);
        UUID trace = UUID.randomUUID();
        UUID id = ROWS.transaction(project, envelope, AT, trace);
        ROWS.span(project, envelope, AT, 0, trace, id);
        ROWS.span(project, envelope, AT, 1, trace, id);
        ROWS.span(project, envelope, AT, 2, trace, UUID.randomUUID());

        JsonNode found = API.get("/api/v1/transactions/" + StoredRows.hex(id)).json();

        JsonNode transaction = found.path("transaction");
        assertThat(transaction.path("id").asString()).isEqualTo(StoredRows.hex(id));
        assertThat(transaction.path("name").asString()).isEqualTo("GET /cart");
        assertThat(transaction.path("trace_id").asString()).isEqualTo(StoredRows.hex(trace));
        assertThat(transaction.path("duration_ms").asDouble()).isEqualTo(250);
        assertThat(transaction.path("http_status").asInt()).isEqualTo(200);
        assertThat(transaction.at("/tags/role").asString()).isEqualTo("admin");
        assertThat(found.at("/measurements/lcp/value").asDouble()).isEqualTo(12.5);
        assertThat(found.at("/contexts/trace/op").asString()).isEqualTo("http.server");
        assertThat(found.at("/user/id").asString()).isEqualTo("7");
        assertThat(found.path("spans").size()).isEqualTo(2);
        assertThat(found.at("/spans/1/description").asString()).isEqualTo("SELECT 1");
        assertThat(found.at("/spans/1/data").path("db.system").asString()).isEqualTo("postgresql");
    }

    @Test
    void listsTheTransactionsOfAProjectInPages() {
        long project = ROWS.project("many-transactions");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            // Over midnight.
            Instant at = AT.plusMillis(200L * i);
            wanted.addFirst(StoredRows.hex(ROWS.transaction(project, UUID.randomUUID(), at, UUID.randomUUID())));
        }

        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = API.get("/api/v1/projects/%d/transactions?limit=3%s".formatted(project, next))
                    .json();
            page.path("results")
                    .forEach(transaction -> found.add(transaction.path("id").asString()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());

        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void showsATraceOverProjectsAndDaysUpToALimit() {
        long project = ROWS.project("front");
        long other = ROWS.project("back");
        UUID trace = UUID.randomUUID();
        UUID second = ROWS.transaction(other, UUID.randomUUID(), AT.plusSeconds(1), trace);
        UUID first = ROWS.transaction(project, UUID.randomUUID(), AT, trace);
        UUID envelope = StoredRows.envelopeId(AT);
        ROWS.span(project, envelope, AT, 0, trace, null);

        JsonNode found = API.get("/api/v1/traces/" + StoredRows.hex(trace)).json();

        assertThat(found.path("id").asString()).isEqualTo(StoredRows.hex(trace));
        assertThat(found.path("transactions").valueStream())
                .extracting(transaction -> transaction.path("id").asString())
                .containsExactly(StoredRows.hex(first), StoredRows.hex(second));
        assertThat(found.at("/spans/0/transaction_id").isNull()).isTrue();
        assertThat(found.path("truncated").asBoolean()).isFalse();

        API.database().sql("""
                        INSERT INTO spans SELECT received_at, envelope_id, 0, n, project_id, trace_id, span_id, parent_span_id,
                               transaction_id, segment, op, description, status, origin, started_at, duration_ms, data, other
                        FROM spans, generate_series(1, 5000) n WHERE trace_id = :trace
                        """).param("trace", trace).update();
        JsonNode cut = API.get("/api/v1/traces/" + StoredRows.hex(trace)).json();
        assertThat(cut.path("spans").size()).isEqualTo(5000);
        assertThat(cut.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void saysWhatIsNotThere() {
        String none = "0".repeat(31) + "1";
        assertThat(API.get("/api/v1/transactions/" + none).status()).isEqualTo(404);
        assertThat(API.get("/api/v1/transactions/none").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/traces/" + none).status()).isEqualTo(404);
        assertThat(API.get("/api/v1/traces/none").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/projects/999999/transactions").status()).isEqualTo(404);
    }
}
