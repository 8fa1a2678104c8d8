package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class TransactionNormalizerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final EventId FALLBACK = new EventId(new UUID(7, 7));
    private static final String SOUND = """
            {"transaction": "GET /cart", "start_timestamp": "2026-11-20T11:59:00.25", "timestamp": 1795175941.5, "platform": "python",
             "contexts": {"trace": {"trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "FA90FDEAD5F74052", "op": "http.server",
                                    "status": "ok", "data": {"http.request.method": "GET", "http.response.status_code": 200}}},
             "measurements": {"lcp": {"value": 12.5, "unit": "millisecond"}}, "tags": [["role", "admin"]],
             "sdk": {"name": "sentry.python", "version": "2.1"},
             "spans": [{"trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "b01b9f6349558cd1", "parent_span_id": "fa90fdead5f74052",
                        "op": "db", "description": "SELECT 1", "start_timestamp": 1795175940.5, "timestamp": 1795175941,
                        "data": {"db.system": "postgresql"}, "tags": {"pool": "main"}},
                       {"trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "b01b9f6349558cd2", "parent_span_id": "",
                        "start_timestamp": 1795175940.5, "timestamp": 1795175941}]}
            """;

    @Test
    void readsWhatListsShowAndTakesTheSpansApart() {
        NormalizedTransaction transaction = valid(SOUND, NOW, 10);

        assertThat(transaction.event().id()).isEqualTo(FALLBACK);
        assertThat(transaction.name()).isEqualTo("GET /cart");
        assertThat(transaction.traceId()).hasToString("4c79f60c-1121-4eb3-8604-f4ae0781bfb2");
        assertThat(transaction.spanId()).isEqualTo("fa90fdead5f74052");
        assertThat(transaction.parentSpanId()).isNull();
        assertThat(transaction.op()).isEqualTo("http.server");
        assertThat(transaction.startedAt()).isEqualTo("2026-11-20T11:59:00.250Z");
        assertThat(transaction.endedAt()).isEqualTo("2026-11-20T11:59:01.500Z");
        assertThat(transaction.httpMethod()).isEqualTo("GET");
        assertThat(transaction.httpStatus()).isEqualTo(200);
        assertThat(transaction.sdkName()).isEqualTo("sentry.python");
        assertThat(transaction.measurements().at("/lcp/value").asDouble()).isEqualTo(12.5);
        ObjectNode json = transaction.event().json();
        assertThat(json.has("spans")).isFalse();
        assertThat(json.at("/tags/role").asString()).isEqualTo("admin");
        assertThat(json.path("level").asString()).isEqualTo("info");
        NormalizedSpan span = transaction.spans().getFirst();
        assertThat(span.parentSpanId()).isEqualTo("fa90fdead5f74052");
        assertThat(span.description()).isEqualTo("SELECT 1");
        assertThat(span.data().path("db.system").asString()).isEqualTo("postgresql");
        assertThat(span.other()).hasToString("{\"tags\":{\"pool\":\"main\"}}");
        assertThat(transaction.spans().get(1).parentSpanId()).isNull();
    }

    @Test
    void keepsTheFirstSpansOfTooManyAndSaysHowManyThereWere() {
        NormalizedTransaction transaction = valid(SOUND, NOW, 1);

        assertThat(transaction.spans()).hasSize(1);
        assertThat(transaction.spanCount()).isEqualTo(2);
    }

    @Test
    void movesWhatEndsInTheFutureAsAWhole() {
        Instant arrival = Instant.parse("2026-11-20T11:00:00Z");

        NormalizedTransaction transaction = valid(SOUND, arrival, 10);

        assertThat(transaction.endedAt()).isEqualTo(arrival);
        assertThat(Duration.between(transaction.startedAt(), arrival)).isEqualTo(Duration.ofMillis(1250));
        assertThat(transaction.spans().getFirst().endedAt()).isEqualTo(arrival.minusMillis(500));
        assertThat(transaction.event().json().path("timestamp").asString()).isEqualTo("2026-11-20T11:00:00Z");
    }

    @Test
    void aSpanThatIsNoneGoesAloneAndIsSpokenOf() {
        NormalizedTransaction transaction =
                valid(SOUND.replace("\"b01b9f6349558cd1\"", "\"0000000000000000\""), NOW, 10);

        assertThat(transaction.spans()).extracting(NormalizedSpan::spanId).containsExactly("b01b9f6349558cd2");
        assertThat(transaction.spanCount()).isEqualTo(2);
        assertThat(transaction.event().json().at("/errors/0/name").asString()).isEqualTo("spans.0");
        assertThat(transaction.event().json().at("/errors/0/reason").asString())
                .startsWith("spans[0].span_id: \"0000000000000000\" (expected: 16 hex digits");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "start_timestamp": "2026-11-20T11:59:00.25" | "begin": 1             | start_timestamp: missing (expected: seconds since
            "timestamp": 1795175941.5                   | "timestamp": "soon"    | timestamp: "soon" (expected: seconds since
            "timestamp": 1795175941.5                   | "timestamp": 1795170000 | timestamp: 1795170000 (expected: not before
            "trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "FA | "span_id": "FA | contexts.trace.trace_id: missing
            "FA90FDEAD5F74052"                          | "FA90"                 | contexts.trace.span_id: "FA90" (expected: 16 hex
            """)
    void namesTheFieldWithoutWhichItIsNoTransaction(String from, String to, String cause) {
        assertThat(SOUND).contains(from);
        assertThat(normalized(SOUND.replace(from, to), NOW, 10))
                .isInstanceOfSatisfying(
                        Normalization.Invalid.class,
                        invalid -> assertThat(invalid.cause()).startsWith(cause));
    }

    private static NormalizedTransaction valid(String json, Instant receivedAt, int maxSpans) {
        return ((Normalization.Valid<NormalizedTransaction>) normalized(json, receivedAt, maxSpans)).value();
    }

    private static Normalization<NormalizedTransaction> normalized(String json, Instant receivedAt, int maxSpans) {
        return TransactionNormalizer.normalize(
                (ObjectNode) UntrustedJson.STRICT.tree(json), NormalizationContext.of(FALLBACK, receivedAt), maxSpans);
    }
}
