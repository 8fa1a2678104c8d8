package dev.resentry.processor.item.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.log.LogLevel;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.processing.filter.FilterSettingsJson;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.processing.scrub.ScrubSettingsJson;
import dev.resentry.processing.scrub.Scrubber;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.log.NewLog;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of logs: those that SDKs were recorded sending, those of exporters of OpenTelemetry, and those that are wrong. */
class LogHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-27T20:42:00Z");
    private static final String CONTAINER =
            "{\"type\":\"log\",\"content_type\":\"application/vnd.sentry.items.log+json\"";

    @Test
    void logsOfTheNodeSdkAreReadAsTheyWereSent() throws IOException {
        List<NewLog> logs = rows(recorded("sentry-node.envelope"));

        assertThat(logs).extracting(NewLog::level).containsExactly(LogLevel.values());
        assertThat(logs).extracting(NewLog::severity).containsExactly(1, 5, 9, 13, 17, 21);
        assertThat(logs.get(2)).satisfies(log -> {
            assertThat(log.body()).isEqualTo("Cart opened");
            assertThat(log.occurredAt()).isEqualTo(Instant.parse("2026-11-27T20:41:34.958491Z"));
            assertThat(log.sequence()).isEqualTo(1);
            assertThat(log.traceId()).isEqualTo(UUID.fromString("f31165a3-85bd-4f1b-9ede-344ed34a71e1"));
            assertThat(log.environment()).isEqualTo("staging");
            assertThat(log.release()).isEqualTo("shop@1.4.2");
            assertThat(log.sdkName()).isEqualTo("sentry.javascript.node");
            assertThat(log.serverAddress()).isEqualTo("shop-1");
            assertThat(log.attributesJson())
                    .startsWith("{\"cart\":\"c-7\",\"items\":3,\"express\":true,\"total\":12.5,\"user.id\":\"42\"");
        });
        assertThat(logs.get(3).body()).isEqualTo("Stock of shoes is down to 2");
        assertThat(logs.get(4).attributesJson())
                .contains("\"password\":\"[Filtered]\"")
                .doesNotContain("hunter2");
    }

    @Test
    void logsOfTheJavaSdkAreReadAsTheyWereSent() throws IOException {
        assertThat(rows(recorded("sentry-java.envelope")))
                .satisfiesExactly(
                        log -> {
                            assertThat(log.body()).isEqualTo("Cart c-7 has 3 items");
                            assertThat(log.spanId()).isEqualTo("7679e6526bad4249");
                            assertThat(log.sdkName()).isEqualTo("sentry.java");
                            assertThat(log.attributesJson())
                                    .contains("\"sentry.message.template\":\"Cart %s has %d items\"");
                        },
                        log -> assertThat(log.level()).isEqualTo(LogLevel.ERROR));
    }

    @Test
    void logsOfAnExportBecomeTheSameRows() {
        String export = """
                {"resourceLogs": [{"resource": {"attributes": [
                    {"key": "service.name", "value": {"stringValue": "cart"}},
                    {"key": "service.version", "value": {"stringValue": "1.2"}},
                    {"key": "deployment.environment.name", "value": {"stringValue": "production"}},
                    {"key": "host.name", "value": {"stringValue": "cart-1"}}]},
                  "scopeLogs": [{"logRecords": [
                    {"timeUnixNano": "1795812094958491000", "severityNumber": 14, "severityText": "Warning",
                     "traceId": "4c79f60c11214eb38604f4ae0781bfb2", "spanId": "b01b9f6349558cd1",
                     "body": {"kvlistValue": {"values": [{"key": "shelf", "value": {"stringValue": "a"}}]}},
                     "attributes": [{"key": "shelf.size", "value": {"intValue": "3"}}]}]}]}]}
                """;

        assertThat(rows(Endpoint.OTLP_LOGS, "application/json", export.getBytes(UTF_8)))
                .singleElement()
                .satisfies(log -> {
                    assertThat(log.level()).isEqualTo(LogLevel.WARN);
                    assertThat(log.severity()).isEqualTo(14);
                    assertThat(log.body()).isEqualTo("{\"shelf\":\"a\"}");
                    assertThat(log.occurredAt()).isEqualTo(Instant.parse("2026-11-27T20:41:34.958491Z"));
                    assertThat(log.spanId()).isEqualTo("b01b9f6349558cd1");
                    assertThat(log.environment()).isEqualTo("production");
                    assertThat(log.release()).isEqualTo("1.2");
                    assertThat(log.serverAddress()).isEqualTo("cart-1");
                    assertThat(log.attributesJson()).contains("\"service.name\":\"cart\"", "\"shelf.size\":3");
                });
    }

    @Test
    void whatIsWrongInOneEntryIsSaidInItsOwnAttributesAndTheOthersAreKept() {
        List<NewLog> logs = rows(container(6, """
                {"timestamp": 1795812094, "level": "info", "body": "right"},
                {"timestamp": "soon", "level": "loud", "severity_number": 18, "body": "no time", "trace_id": "none"},
                7,
                {"timestamp": 1795812094, "attributes": {"sentry.message.template": {"value": "%s of {}"},
                 "sentry.message.parameter.0": {"value": "one"}}},
                {"timestamp": 1795812094, "body": {"a": [1]}, "attributes": {"odd": 1, "none": {"value": null}, "nested": {"value": {"b": 2}}}},
                {"timestamp": 1795812094}
                """));

        assertThat(logs)
                .extracting(NewLog::body)
                .containsExactly("right", "no time", "7", "one of {}", "{\"a\":[1]}", "");
        assertThat(logs.get(0).attributesJson()).isEqualTo("{}");
        assertThat(logs.get(1).occurredAt()).isEqualTo(NOW);
        assertThat(logs.get(1).level()).isEqualTo(LogLevel.ERROR);
        assertThat(logs.get(1).traceId()).isNull();
        assertThat(logs.get(1).attributesJson())
                .contains("resentry.incomplete", "items[1].trace_id", "items[1].timestamp", "time of its arrival");
        assertThat(logs.get(2).attributesJson()).contains("items[2]: NUMBER (expected: a JSON object)");
        assertThat(logs.get(4).attributesJson()).isEqualTo("{\"odd\":1,\"nested\":{\"b\":2}}");
        assertThat(logs.get(5).attributesJson()).contains("items[5].body: missing (expected: a text)");
    }

    @Test
    void textsAndAttributesAreBounded() {
        String attributes = "\"k\":{\"value\":\"%s\"}".formatted("v".repeat(10_000))
                + ",\"%s\":{\"value\":1}".formatted("n".repeat(300))
                + ",\"k%d\":{\"value\":1}".repeat(250).formatted((Object[])
                        IntStream.range(0, 250).boxed().toArray(Integer[]::new));

        NewLog log = rows(container(
                        1,
                        "{\"timestamp\":1795812094,\"body\":\"%s\",\"attributes\":{%s}}"
                                .formatted("b".repeat(100_000), attributes)))
                .getFirst();

        assertThat(log.body()).hasSize(65_536).endsWith("...");
        assertThat(log.attributesJson())
                .contains("\"k198\":1", "cut at 65536 of 100000", "attributes.k: cut at 8192 of 10000", "52 left out")
                .doesNotContain("\"k199\":1", "nnnn");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":2} | {"items":[{}]}      | item_count: 2, but items has 1
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":1} | {"items":[1,{},[2]]} | item_count: 1, but items has more
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":10001} | {"items":[]}    | 10001 logs (limit: 10000)
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json"}                | {"items":[{}]}      | item_count: missing
                    {"type":"log","item_count":1}                                                        | {"items":[{}]}      | content_type: missing
                    {"type":"log","content_type":"application/json","item_count":1}                      | {"items":[{}]}      | content_type: application/json
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":0} | {}                  | items: missing
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":0} | {"items":{}}        | items: missing
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":0} | [1]                 | container: START_ARRAY
                    {"type":"log","content_type":"application/vnd.sentry.items.log+json","item_count":1} | {"items":[{"a":]}   | byte
                    """)
    void aContainerThatIsNoneIsDroppedWithItsCause(String header, String payload, String cause) {
        IngestedItem item = item(
                Endpoint.ENVELOPE,
                null,
                "{}\n%s\n%s\n".formatted(header, payload).getBytes(UTF_8));

        assertThat(item.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Dropped.class,
                        dropped -> assertThat(dropped.cause()).startsWith(cause));
        assertThat(item.rows()).isEmpty();
    }

    @Test
    void whatTheProjectFiltersIsLeftOutAndAnItemOfNothingElseIsFiltered() {
        String development = "{\"timestamp\":1795812094,\"body\":\"of a developer\","
                + "\"attributes\":{\"sentry.environment\":{\"value\":\"dev\"}}}";

        assertThat(rows(container(2, development + ",{\"timestamp\":1795812094,\"body\":\"of the shop\"}")))
                .extracting(NewLog::body)
                .containsExactly("of the shop");
        assertThat(item(Endpoint.ENVELOPE, null, container(1, development)).outcome())
                .isEqualTo(new Outcome.Filtered(InboundFilter.ENVIRONMENT));
    }

    @Test
    void rulesOfTheProjectTakeOutWhatTheyNameOfBodyAndAttributes() {
        NewLog log = rows(container(
                        1,
                        "{\"timestamp\":1795812094,\"body\":\"order K-1234 by a@example.com, token=abc123secret\","
                                + "\"attributes\":{\"order\":{\"value\":\"K-1234\"},\"api_key\":{\"value\":\"s3cr3t\"}}}"))
                .getFirst();

        assertThat(log.body()).startsWith("order [order] by").doesNotContain("K-1234", "abc123secret");
        assertThat(log.attributesJson()).contains("\"order\":\"[order]\"").doesNotContain("K-1234", "s3cr3t");
    }

    private static byte[] container(int count, String entries) {
        return "{}\n%s,\"item_count\":%d}\n{\"items\":[%s]}\n"
                .formatted(CONTAINER, count, entries.replace("\n", " "))
                .getBytes(UTF_8);
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = LogHandlerTest.class.getResourceAsStream("/logs/" + name)) {
            return in.readAllBytes();
        }
    }

    private static List<NewLog> rows(byte[] envelope) {
        return rows(Endpoint.ENVELOPE, null, envelope);
    }

    private static List<NewLog> rows(Endpoint endpoint, String contentType, byte[] body) {
        IngestedItem item = item(endpoint, contentType, body);
        assertThat(item.outcome()).isEqualTo(new Outcome.Stored());
        return item.rows(NewLog.class);
    }

    private static IngestedItem item(Endpoint endpoint, String contentType, byte[] body) {
        var rules = new ProjectRules(
                new InboundFilters(FilterSettingsJson.read("{\"environments\": [\"dev\"]}")),
                new Scrubber(ScrubSettingsJson.read("""
                        {"rules": [{"method": "replace", "type": "pattern", "pattern": "K-[0-9]{4}", "source": "**",
                                    "replacement": "[order]"}]}
                        """)),
                ProjectRules.DEFAULT.grouping(),
                ProjectRules.DEFAULT.formerUntil());
        var pipeline = new EnvelopePipeline(
                new BoundedDecoder(1_000_000),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                List.of(new LogHandler()),
                _ -> rules);
        var receipt = new RawEnvelope.Receipt(
                EnvelopeId.at(NOW),
                new ProjectId(1),
                new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                NOW,
                endpoint,
                null,
                null,
                contentType,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        return pipeline.process(new RawEnvelope(receipt, body)).items().getFirst();
    }
}
