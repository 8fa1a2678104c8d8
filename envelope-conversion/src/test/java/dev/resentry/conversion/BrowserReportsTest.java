package dev.resentry.conversion;

import static dev.resentry.conversion.Converted.items;
import static dev.resentry.conversion.Converted.json;
import static dev.resentry.conversion.Converted.refusal;
import static dev.resentry.conversion.Converted.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.outcome.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Security and network error reports, including malformed ones. */
class BrowserReportsTest {

    @Test
    void reportsOfSeveralKindsInOneObjectAlwaysStandInOneOrder() {
        String body = """
                {"expect-staple-report":{"hostname":"s"},"csp-report":{"blocked-uri":"c"},"expect-ct-report":{"hostname":"e"}}""";

        assertThat(items(Endpoint.SECURITY, null, body))
                .extracting(item -> json(item).path("logger").asString())
                .containsExactly("csp", "expectct", "expectstaple");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "  ", "\\t", " script-src 'self'"})
    void aBlankOrPaddedDirectiveIsAccepted(String directive) {
        String body = "{\"csp-report\":{\"effective-directive\":\"%s\"}}".formatted(directive);

        assertThat(items(Endpoint.SECURITY, null, body)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "event_id", "fingerprint", "tags", "exception", "request", "message"})
    void theTypeOfAReportNeverOverwritesAFieldOfTheEvent(String type) {
        JsonNode event = json(items(Endpoint.SECURITY, null, "[{\"type\":\"%s\",\"body\":{\"a\":1}}]".formatted(type))
                .getFirst());

        assertThat(event.at("/report/a").asInt()).isEqualTo(1);
        assertThat(event.path("message").isString()).isTrue();
        assertThat(event.path("fingerprint").isArray()).isTrue();
        assertThat(event.path("timestamp").isString()).isTrue();
        assertThat(event.has("exception")).isFalse();
    }

    @Test
    void aNetworkErrorIsKeptByteForByte() {
        String body = " [ {\"age\" : 1e0,\"t\":\"\\ud83d\"} , 5, [ {} ] ,{\"age\":{}}] ";

        assertThat(items(Endpoint.NEL, null, body))
                .extracting(item -> text(item))
                .containsExactly("{\"age\" : 1e0,\"t\":\"\\ud83d\"}", "{\"age\":{}}");
        assertThat(items(Endpoint.NEL, null, "\u00ef\u00bb\u00bf[{\"a\":1}]"))
                .extracting(item -> text(item))
                .containsExactly("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[{}", "[{},", "{}", "[{}x", "5", "[[]]", "[{\"a\":1}] {"})
    void whatIsNoListOfReportsIsRefused(String body) {
        assertThat(refusal(Endpoint.NEL, null, body.getBytes(UTF_8)))
                .isIn(DropReason.INVALID_JSON, DropReason.INVALID_ITEM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SECURITY", "NEL"})
    void moreReportsThanAnyBrowserCollectsAreTooLarge(Endpoint endpoint) {
        String body = "[{\"body\":{}}" + ",{\"body\":{}}".repeat(1_000) + "]";

        assertThat(refusal(endpoint, null, body.getBytes(UTF_8))).isEqualTo(DropReason.TOO_LARGE);
    }

    /** As a tree, each token costs a hundred bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"SECURITY", "NEL", "CRON", "OTLP_LOGS", "ERROR_REPORT", "SESSION_REPORT"})
    void jsonOfMillionsOfTokensIsRejectedBeforeItFillsTheMemory(Endpoint endpoint) {
        byte[] body = ("[{}" + ",{}".repeat(3_000_000) + "]").getBytes(UTF_8);

        assertThat(refusal(endpoint, "application/json", body)).isIn(DropReason.TOO_LARGE, DropReason.INVALID_JSON);
    }
}
