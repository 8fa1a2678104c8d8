package dev.resentry.conversion;

import static dev.resentry.conversion.Converted.items;
import static dev.resentry.conversion.Converted.json;
import static dev.resentry.conversion.Converted.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.outcome.DropReason;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The conversion of OTLP spans and logs, and its size limits. */
@Timeout(180)
class OtlpTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String TRACE = "5b8efff798038103d269b633813fc60c";
    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void aSpanKeepsItsKindStatusLinksAndEventsInEitherFormat() {
        var span = Span.newBuilder()
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no stock"))
                .addLinks(Span.Link.newBuilder()
                        .setTraceId(ByteString.fromHex(TRACE))
                        .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
                        .setFlags(1)
                        .addAttributes(attribute("via", text("queue"))))
                .addEvents(Span.Event.newBuilder()
                        .setName("retried")
                        .setTimeUnixNano(1_500_000_000L)
                        .addAttributes(attribute(
                                "times", AnyValue.newBuilder().setIntValue(3).build())));
        byte[] protobuf = traces(ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder()
                                .setName("http")
                                .setVersion("2"))
                        .addSpans(span))
                .setResource(Resource.newBuilder().addAttributes(attribute("service.name", text("shop"))))
                .build());
        byte[] json = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":2,"status":{"code":2,"message":"no stock"},
                "links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","flags":1,
                "attributes":[{"key":"via","value":{"stringValue":"queue"}}]}],
                "events":[{"name":"retried","timeUnixNano":"1500000000",
                "attributes":[{"key":"times","value":{"intValue":"3"}}]}]}],"scope":{"name":"http","version":"2"}}],
                "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]}}]}""".getBytes(UTF_8);

        for (EnvelopeItem item : List.of(
                items(Endpoint.OTLP_TRACES, PROTOBUF, protobuf).getFirst(),
                items(Endpoint.OTLP_TRACES, JSON, json).getFirst())) {
            JsonNode made = json(item).at("/items/0");
            assertThat(made.path("kind").asString()).isEqualTo("server");
            assertThat(made.path("status").asString()).isEqualTo("error");
            assertThat(made.path("links").toString())
                    .isEqualTo(
                            "[{\"trace_id\":\"%s\",\"span_id\":\"eee19b7ec3c1b174\",\"sampled\":true,".formatted(TRACE)
                                    + "\"attributes\":{\"via\":{\"type\":\"string\",\"value\":\"queue\"}}}]");
            assertThat(made.path("events").toString())
                    .isEqualTo("[{\"name\":\"retried\",\"timestamp\":1.5,"
                            + "\"attributes\":{\"times\":{\"type\":\"integer\",\"value\":3}}}]");
            JsonNode attributes = made.path("attributes");
            assertThat(attributes.at("/sentry.status.message/value").asString()).isEqualTo("no stock");
            assertThat(attributes.at("/service.name/value").asString()).isEqualTo("shop");
            assertThat(attributes.at("/otel.scope.name/value").asString()).isEqualTo("http");
            assertThat(attributes.at("/otel.scope.version/value").asString()).isEqualTo("2");
        }
    }

    @Test
    void aLogKeepsItsSeverityBodyTraceAndAttributesInEitherFormat() {
        byte[] protobuf = logs(LogRecord.newBuilder()
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2)
                .setSeverityText("Notice")
                .setBody(AnyValue.newBuilder().setIntValue(42))
                .setTraceId(ByteString.fromHex(TRACE))
                .setEventName("stock.low")
                .addAttributes(attribute("shelf", text("a")))
                .build());
        byte[] json = """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":14,"severityText":"Notice",
                "body":{"intValue":"42"},"traceId":"5b8efff798038103d269b633813fc60c","eventName":"stock.low",
                "attributes":[{"key":"shelf","value":{"stringValue":"a"}}]}]}]}]}""".getBytes(UTF_8);

        for (EnvelopeItem item : List.of(
                items(Endpoint.OTLP_LOGS, PROTOBUF, protobuf).getFirst(),
                items(Endpoint.OTLP_LOGS, JSON, json).getFirst())) {
            JsonNode log = json(item).at("/items/0");
            assertThat(log.path("level").asString()).isEqualTo("warn");
            assertThat(log.path("severity_number").asInt()).isEqualTo(14);
            assertThat(log.path("body").asString()).isEqualTo("42");
            assertThat(log.path("trace_id").asString()).isEqualTo(TRACE);
            assertThat(log.at("/attributes/shelf/value").asString()).isEqualTo("a");
            assertThat(log.at("/attributes/sentry.severity_text/value").asString())
                    .isEqualTo("Notice");
            assertThat(log.at("/attributes/event.name/value").asString()).isEqualTo("stock.low");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,,info", "0,WARNING,warn", "-7,,info", "1,,trace", "24,,fatal", "99,,fatal", "0,odd,info"})
    void everySeverityIsALevel(int number, String word, String level) {
        String json =
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":%d,\"severityText\":%s}]}]}]}"
                        .formatted(number, word == null ? "null" : "\"" + word + "\"");

        assertThat(json(items(Endpoint.OTLP_LOGS, JSON, json).getFirst())
                        .at("/items/0/level")
                        .asString())
                .isEqualTo(level);
    }

    @Test
    void entriesThatRepeatTheAttributesOfTheirResourceAThousandfoldAreTooLarge() {
        var resource = Resource.newBuilder();
        IntStream.range(0, 1_000).forEach(i -> resource.addAttributes(attribute("key" + i, text("x".repeat(50)))));
        var scope = ScopeLogs.newBuilder();
        IntStream.range(0, 5_000).forEach(_ -> scope.addLogRecords(LogRecord.getDefaultInstance()));
        byte[] protobuf = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
                .build()
                .toByteArray();
        String json =
                "{\"resourceLogs\":[{\"resource\":{\"attributes\":[%s]},\"scopeLogs\":[{\"logRecords\":[{}%s]}]}]}"
                        .formatted(
                                String.join(
                                        ",",
                                        IntStream.range(0, 1_000)
                                                .mapToObj(i -> "{\"key\":\"key%d\",\"value\":{\"stringValue\":\"%s\"}}"
                                                        .formatted(i, "x".repeat(50)))
                                                .toList()),
                                ",{}".repeat(5_000));

        assertThat(protobuf).hasSizeLessThan(100_000);
        assertThat(refusal(Endpoint.OTLP_LOGS, PROTOBUF, protobuf)).isEqualTo(DropReason.TOO_LARGE);
        assertThat(refusal(Endpoint.OTLP_LOGS, JSON, json.getBytes(UTF_8))).isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void aLargeBatchOfOrdinarySpansIsSeveralContainersThatNameAllOfThem() {
        var scope = ScopeSpans.newBuilder();
        IntStream.range(0, 8_192)
                .forEach(i -> scope.addSpans(Span.newBuilder()
                        .setName("span " + i)
                        .addAttributes(attribute("note", text("x".repeat(600))))));
        var resource = Resource.newBuilder();
        IntStream.range(0, 20).forEach(i -> resource.addAttributes(attribute("key" + i, text("x".repeat(30)))));

        List<EnvelopeItem> items = items(
                Endpoint.OTLP_TRACES,
                PROTOBUF,
                traces(ResourceSpans.newBuilder()
                        .setResource(resource)
                        .addScopeSpans(scope)
                        .build()));

        assertThat(items.size()).isGreaterThan(1);
        assertThat(items.stream()
                        .mapToInt(
                                item -> item.header().json().path("item_count").asInt())
                        .sum())
                .isEqualTo(8_192);
        assertThat(items).allSatisfy(item -> {
            assertThat(item.payload().length()).isLessThan(5 * MEBIBYTE);
            assertThat(json(item).path("items").size())
                    .isEqualTo(item.header().json().path("item_count").asInt());
        });
    }

    @Test
    void aContainerHasTenThousandEntriesAtMost() {
        String json =
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[%s]}]}]}".formatted("{},".repeat(10_000) + "{}");

        assertThat(items(Endpoint.OTLP_LOGS, JSON, json.getBytes(UTF_8)))
                .extracting(item -> item.header().json().path("item_count").asInt())
                .containsExactly(10_000, 1);
    }

    /** Two bytes each, of which protobuf makes objects of a hundred. */
    @Test
    void millionsOfEmptyEntriesAreTooLargeAndNeverInMemoryTogether() {
        byte[] tiny = new byte[10 * MEBIBYTE];
        for (int i = 0; i < tiny.length; i += 2) {
            tiny[i] = ScopeSpans.SPANS_FIELD_NUMBER << 3 | 2;
        }
        byte[] body = nested(nested(tiny, ResourceSpans.SCOPE_SPANS_FIELD_NUMBER), 1);

        List.of(Endpoint.OTLP_TRACES, Endpoint.OTLP_LOGS)
                .subList(0, TestSize.of(1, 2))
                .forEach(endpoint -> assertThat(refusal(endpoint, PROTOBUF, body))
                        .as(endpoint.toString())
                        .isEqualTo(DropReason.TOO_LARGE));
    }

    @Test
    void aSpanOfCountlessEventsIsTooLarge() {
        byte[] events = new byte[MEBIBYTE];
        for (int i = 0; i < events.length; i += 2) {
            events[i] = Span.EVENTS_FIELD_NUMBER << 3 | 2;
        }
        byte[] body = nested(nested(nested(events, ScopeSpans.SPANS_FIELD_NUMBER), 2), 1);

        assertThat(refusal(Endpoint.OTLP_TRACES, PROTOBUF, body)).isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void aBodyBeyondTheLimitOfItsRouteIsTooLarge() {
        assertThat(refusal(Endpoint.OTLP_LOGS, PROTOBUF, new byte[13 * MEBIBYTE]))
                .isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void nestedValuesAreKeptUpToTheDepthLimit() {
        AnyValue lists = text("inmost");
        AnyValue pairs = text("inmost");
        for (int i = 0; i < 15; i++) {
            lists = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(lists))
                    .build();
            pairs = AnyValue.newBuilder()
                    .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("k", pairs)))
                    .build();
        }
        JsonNode log = json(items(
                                Endpoint.OTLP_LOGS,
                                PROTOBUF,
                                logs(LogRecord.newBuilder()
                                        .setBody(lists)
                                        .addAttributes(attribute("pairs", pairs))
                                        .build()))
                        .getFirst())
                .at("/items/0");

        assertThat(log.path("body").asString()).contains("inmost");
        assertThat(log.at("/attributes/pairs/value").asString()).contains("inmost");
    }

    @Test
    void listsAndPairsReadAsPeopleWriteThem() {
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(text("eu"))
                        .addValues(AnyValue.newBuilder().setIntValue(7)))
                .build();
        AnyValue pairs = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("regions", list)))
                .build();
        JsonNode log = json(items(
                                Endpoint.OTLP_LOGS,
                                PROTOBUF,
                                logs(LogRecord.newBuilder()
                                        .setBody(pairs)
                                        .addAttributes(attribute("regions", list))
                                        .build()))
                        .getFirst())
                .at("/items/0");

        assertThat(log.path("body").asString()).isEqualTo("{\"regions\":[\"eu\",7]}");
        assertThat(log.at("/attributes/regions/value").asString()).isEqualTo("[\"eu\",7]");
    }

    @Test
    void noNestingDepthCausesAFailure() {
        AnyValue value = text("inmost");
        for (int i = 0; i < 300; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        byte[] protobuf = logs(LogRecord.newBuilder().setBody(value).build());
        String json = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":%sx%s}]}]}]}"
                .formatted("{\"arrayValue\":".repeat(100_000), "}".repeat(100_000));

        assertThat(refusal(Endpoint.OTLP_LOGS, PROTOBUF, protobuf)).isEqualTo(DropReason.INVALID_PROTOBUF);
        assertThat(refusal(Endpoint.OTLP_LOGS, JSON, json.getBytes(UTF_8))).isEqualTo(DropReason.INVALID_JSON);
    }

    @Test
    void unterminatedGroupsAreRejected() {
        byte[] groups = new byte[MEBIBYTE];
        Arrays.fill(groups, (byte) 0x0b);

        assertThat(refusal(Endpoint.OTLP_LOGS, PROTOBUF, groups)).isEqualTo(DropReason.INVALID_PROTOBUF);
        assertThat(refusal(Endpoint.OTLP_LOGS, PROTOBUF, new byte[] {0x0c})).isEqualTo(DropReason.INVALID_PROTOBUF);
    }

    @Test
    void theExceptionsOfAnOutageAreEventsUpToALimitAndAllStandInTheirSpans() {
        var scope = ScopeSpans.newBuilder();
        IntStream.range(0, 700)
                .forEach(_ -> scope.addSpans(
                        Span.newBuilder().addEvents(Span.Event.newBuilder().setName("exception"))));

        List<EnvelopeItem> items = items(
                Endpoint.OTLP_TRACES,
                PROTOBUF,
                traces(ResourceSpans.newBuilder().addScopeSpans(scope).build()));

        assertThat(items).hasSize(501);
        assertThat(json(items.getLast()).path("items"))
                .hasSize(700)
                .allSatisfy(span -> assertThat(span.path("events")).hasSize(1));
    }

    private static byte[] nested(byte[] message, int field) {
        var wrapped = UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(message))
                                .build())
                .build();
        return wrapped.toByteArray();
    }

    private static byte[] traces(ResourceSpans group) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(group)
                .build()
                .toByteArray();
    }

    private static byte[] logs(LogRecord log) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
                .build()
                .toByteArray();
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }
}
