package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeItem.EventItem;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The conversion of each route's bodies into items. */
class EnvelopeConversionTest {
    private static final Instant AT = Instant.parse("2026-11-21T04:00:00Z");
    private static final BoundedDecoder DECODER = new BoundedDecoder(10_000_000);
    private static final EnvelopeConversion CONVERSION =
            new EnvelopeConversion(new EnvelopeReader(EnvelopeLimits.DEFAULT), DECODER);
    private static final String FORM = "multipart/form-data; boundary=xYz";

    @Test
    void aBrokenRuleOfABrowserIsAnEventThatNamesRuleHostAndPage() {
        String body = """
                {"csp-report":{"document-uri":"https://shop.example/cart","effective-directive":"script-src-elem",
                "blocked-uri":"https://evil.example/x.js"}}""";

        List<EnvelopeItem> items = items(
                new ConversionContext(
                        Endpoint.SECURITY, AT, "application/csp-report", "agent/1", "sentry_release=1.0", null),
                body);

        assertThat(items).hasSize(1).first().isInstanceOf(EventItem.class);
        assertThat(items.getFirst().header().type().wireName()).isEqualTo("security");
        JsonNode event = json(items.getFirst());
        assertThat(event.get("message").asString()).isEqualTo("Blocked 'script' from 'evil.example'");
        assertThat(event.at("/request/url").asString()).isEqualTo("https://shop.example/cart");
        assertThat(event.at("/request/headers/0/1").asString()).isEqualTo("agent/1");
        assertThat(event.get("release").asString()).isEqualTo("1.0");
    }

    @Test
    void reportsOfTheReportingApiAreEventsEach() {
        String body = """
                [{"type":"csp-violation","url":"https://a.example/","body":{"effectiveDirective":"img-src","blockedURL":"inline"}},
                {"type":"csp-violation","body":{"effectiveDirective":"style-src"}},{"type":"other"}]""";

        assertThat(items(arrival(Endpoint.SECURITY, "application/reports+json"), body))
                .hasSize(2);
    }

    @Test
    void networkErrorsAreItemsEach() {
        assertThat(items(arrival(Endpoint.NEL, "application/reports+json"), "[{\"age\":1},{\"age\":2},7]"))
                .extracting(item -> item.header().type().wireName())
                .containsExactly("nel", "nel");
    }

    @Test
    void everyFileOfAFormIsAnAttachment() {
        String body = form(
                part("name=\"a\"; filename=\"screen.png\"\r\nContent-Type: image/png", "\u0089PNG\r\n--xY"),
                part("name=\"note\"", "no file"),
                part("name=\"b\"; filename=\"log.txt\"", ""));

        List<EnvelopeItem> items = items(arrival(Endpoint.ATTACHMENTS, FORM), body);

        assertThat(items).extracting(item -> item.header().filename()).containsExactly("screen.png", "log.txt");
        assertThat(items.getFirst().header().contentType()).isEqualTo("image/png");
        assertThat(bytes(items.getFirst())).isEqualTo("\u0089PNG\r\n--xY".getBytes(ISO_8859_1));
    }

    @Test
    void aTruncatedFormIsRejected() {
        String body = form(part("name=\"a\"; filename=\"x\"", "content"));

        assertThat(refusal(arrival(Endpoint.ATTACHMENTS, FORM), body.substring(0, body.length() - 9)))
                .isEqualTo(DropReason.INVALID_MULTIPART);
        assertThat(refusal(arrival(Endpoint.ATTACHMENTS, "text/plain"), body)).isEqualTo(DropReason.INVALID_MULTIPART);
    }

    @Test
    void aMinidumpIsAFatalEventWithItsFiles() {
        String body = form(
                part("name=\"sentry\"", "{\"release\":\"game@1\",\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}"),
                part("name=\"sentry[environment]\"", "live"),
                part("name=\"upload_file_minidump\"; filename=\"crash.dmp\"", "MDMPxyz"),
                part("name=\"log\"; filename=\"game.log\"", "line"));

        List<EnvelopeItem> items = items(arrival(Endpoint.MINIDUMP, FORM), body);

        assertThat(items).hasSize(3);
        JsonNode event = json(items.getFirst());
        assertThat(event.get("level").asString()).isEqualTo("fatal");
        assertThat(event.get("release").asString()).isEqualTo("game@1");
        assertThat(event.get("environment").asString()).isEqualTo("live");
        assertThat(items.get(1).header().json().get("attachment_type").asString())
                .isEqualTo("event.minidump");
        assertThat(bytes(items.get(1))).isEqualTo("MDMPxyz".getBytes(UTF_8));
        assertThat(items.get(2).header().filename()).isEqualTo("game.log");
    }

    @Test
    void aFileWithoutTheMinidumpSignatureIsRejected() {
        assertThat(refusal(arrival(Endpoint.MINIDUMP, "application/x-dmp"), "hello"))
                .isEqualTo(DropReason.INVALID_MINIDUMP);
        assertThat(refusal(arrival(Endpoint.MINIDUMP, FORM), form(part("name=\"a\"; filename=\"b\"", "MDMP"))))
                .isEqualTo(DropReason.INVALID_MINIDUMP);
    }

    @Test
    void anUnrealCrashIsKeptRawBesideAnEventThatNamesItsUser() {
        List<EnvelopeItem> items =
                items(new ConversionContext(Endpoint.UNREAL, AT, null, null, "UserID=player%201", null), "raw");

        assertThat(json(items.getFirst()).at("/user/id").asString()).isEqualTo("player 1");
        assertThat(items.get(1).header().type().wireName()).isEqualTo("unreal_report");
        assertThat(bytes(items.get(1))).isEqualTo("raw".getBytes(UTF_8));
    }

    @Test
    void aCheckInComesByQueryOrAsJsonAndThePathNamesItsMonitor() {
        JsonNode byQuery = json(items(
                        new ConversionContext(
                                Endpoint.CRON, AT, null, null, "status=ok&duration=1.5&environment=prod", "nightly"),
                        "")
                .getFirst());
        JsonNode byBody = json(items(
                        new ConversionContext(Endpoint.CRON, AT, "application/json", null, null, "nightly"),
                        "{\"status\":\"error\",\"monitor_slug\":\"other\"}")
                .getFirst());

        assertThat(byQuery.toString())
                .isEqualTo("{\"status\":\"ok\",\"environment\":\"prod\",\"duration\":1.5,"
                        + "\"check_in_id\":\"00000000000000000000000000000000\",\"monitor_slug\":\"nightly\"}");
        assertThat(byBody.get("monitor_slug").asString()).isEqualTo("nightly");
    }

    @Test
    void theFormOfTheDialogAfterAnErrorIsAReportOfItsUser() {
        EnvelopeItem item = items(
                        new ConversionContext(
                                Endpoint.ERROR_PAGE, AT, "application/x-www-form-urlencoded", null, null, null),
                        "name=Ada+L&email=ada%40example.com&comments=It%20broke%0A&comments=twice&other=x&%zz=y")
                .getFirst();

        assertThat(item.header().type()).isEqualTo(ItemType.Known.USER_REPORT);
        assertThat(json(item).toString())
                .isEqualTo("{\"name\":\"Ada L\",\"email\":\"ada@example.com\",\"comments\":\"It broke\"}");
    }

    @Test
    void spansOfOtlpAreOneContainerAndTheirExceptionsAreEventsInEitherFormat() {
        var span = Span.newBuilder()
                .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
                .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
                .setName("GET /cart")
                .setStartTimeUnixNano(1_544_712_660_000_000_000L)
                .setEndTimeUnixNano(1_544_712_661_500_000_000L)
                .addEvents(Span.Event.newBuilder()
                        .setName("exception")
                        .setTimeUnixNano(1_544_712_661_000_000_000L)
                        .addAttributes(attribute("exception.type", "java.lang.IllegalStateException"))
                        .addAttributes(attribute("exception.message", "empty"))
                        .addAttributes(attribute("exception.stacktrace", "x\n\tat shop.Cart.pay(Cart.java:12)")));
        byte[] protobuf = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
        String json = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c",
                "spanId":"eee19b7ec3c1b174","name":"GET /cart","startTimeUnixNano":"1544712660000000000",
                "endTimeUnixNano":1544712661500000000,"of_tomorrow":1,"events":[{"name":"exception",
                "timeUnixNano":"1544712661000000000","attributes":[
                {"key":"exception.type","value":{"stringValue":"java.lang.IllegalStateException"}},
                {"key":"exception.message","value":{"stringValue":"empty"}},
                {"key":"exception.stacktrace","value":{"stringValue":"x\\n\\tat shop.Cart.pay(Cart.java:12)"}}]}]}]}]}]}""";

        for (List<EnvelopeItem> items : List.of(
                items(arrival(Endpoint.OTLP_TRACES, "application/x-protobuf"), protobuf),
                items(arrival(Endpoint.OTLP_TRACES, "application/json"), json))) {
            assertThat(items).hasSize(2);
            JsonNode event = json(items.getFirst());
            assertThat(event.at("/exception/values/0/type").asString()).isEqualTo("java.lang.IllegalStateException");
            assertThat(event.at("/exception/values/0/stacktrace/frames/0/lineno")
                            .asInt())
                    .isEqualTo(12);
            assertThat(event.at("/contexts/trace/trace_id").asString()).isEqualTo("5b8efff798038103d269b633813fc60c");
            assertThat(items.get(1).header().json().get("item_count").asInt()).isEqualTo(1);
            JsonNode made = json(items.get(1)).at("/items/0");
            assertThat(made.get("name").asString()).isEqualTo("GET /cart");
            assertThat(made.get("end_timestamp").decimalValue()).isEqualByComparingTo("1544712661.5");
        }
    }

    @Test
    void logsOfOtlpAreOneContainer() {
        String json = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
                "scopeLogs":[{"logRecords":[{"timeUnixNano":"1544712660300000000","severityNumber":17,
                "body":{"stringValue":"it broke"}},{"body":{"kvlistValue":{"values":[]}}}]}]}]}""";

        EnvelopeItem item =
                items(arrival(Endpoint.OTLP_LOGS, "application/json"), json).getFirst();

        assertThat(item.header().contentType()).isEqualTo("application/vnd.sentry.items.log+json");
        assertThat(json(item).at("/items/0/level").asString()).isEqualTo("error");
        assertThat(json(item).at("/items/0/body").asString()).isEqualTo("it broke");
        assertThat(json(item).at("/items/0/attributes/service.name/value").asString())
                .isEqualTo("shop");
    }

    @Test
    void brokenOtlpIsRefusedByFormat() {
        assertThat(refusal(arrival(Endpoint.OTLP_TRACES, "application/x-protobuf"), "rubbish"))
                .isEqualTo(DropReason.INVALID_PROTOBUF);
        assertThat(refusal(arrival(Endpoint.OTLP_LOGS, "application/json"), "{"))
                .isEqualTo(DropReason.INVALID_JSON);
    }

    @Test
    void anErrorInTheSimpleFormIsAnExceptionWithFrames() {
        String body = """
                {"project_key":"shop","message":"TypeError: x is undefined","method":"GET","path":"/cart","status_code":500,
                "stack":"TypeError: x is undefined\\n    at pay (/app/cart.js:10:5)\\n    at /app/main.js:2:1"}""";

        JsonNode event = json(
                items(arrival(Endpoint.ERROR_REPORT, "application/json"), body).getFirst());

        assertThat(event.at("/exception/values/0/type").asString()).isEqualTo("TypeError");
        assertThat(event.at("/exception/values/0/value").asString()).isEqualTo("x is undefined");
        assertThat(event.at("/exception/values/0/stacktrace/frames/1/function").asString())
                .isEqualTo("pay");
        assertThat(event.get("transaction").asString()).isEqualTo("GET /cart");
        assertThat(event.at("/tags/status_code").asString()).isEqualTo("500");
        assertThat(event.get("platform").asString()).isEqualTo("javascript");
    }

    @Test
    void framesOfPythonStandOldestFirstAlready() {
        String body = """
                {"message":"ValueError: no","stack":"Traceback:\\n  File \\"a.py\\", line 1, in main\\n    f()\\n  File \\"b.py\\", line 7, in f"}""";

        JsonNode frames = json(items(arrival(Endpoint.EVENT_REPORT, null), body).getFirst())
                .at("/exception/values/0/stacktrace/frames");

        assertThat(frames).extracting(frame -> frame.get("filename").asString()).containsExactly("a.py", "b.py");
    }

    @Test
    void aSessionReportBecomesASessionItem() {
        JsonNode session = json(items(
                        arrival(Endpoint.SESSION_REPORT, null),
                        "{\"session_id\":\"s1\",\"status\":\"crashed\",\"release\":\"1\",\"user\":\"u\",\"duration_ms\":1500}")
                .getFirst());

        assertThat(session.get("errors").asInt()).isEqualTo(1);
        assertThat(session.get("duration").asDouble()).isEqualTo(1.5);
        assertThat(session.at("/attrs/release").asString()).isEqualTo("1");
        assertThat(session.get("sid").asString()).hasSize(36);
    }

    @Test
    void conversionNeverThrowsAndIsDeterministic() {
        var random = new Random(11);
        List<String> seeds = List.of(
                "{\"csp-report\":{\"blocked-uri\":5}}",
                "[{\"body\":{}},null,[[]]]",
                form(part("name=\"upload_file_minidump\"; filename=\"x\"", "MDMP")),
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"events\":[{\"name\":\"exception\",\"attributes\":7}]}]}]}]}",
                "{\"resourceLogs\":{\"scopeLogs\":5}}",
                "{\"message\":{},\"stack\":\"at a.b(c.java:99999999999)\",\"timestamp\":[]}",
                "{\"session_id\":null,\"duration_ms\":\"x\"}");
        List<Endpoint> endpoints = List.of(Endpoint.values());
        for (int i = 0; i < 20_000; i++) {
            byte[] body =
                    mutated(random, seeds.get(random.nextInt(seeds.size())).getBytes(ISO_8859_1));
            var arrival = new ConversionContext(
                    endpoints.get(random.nextInt(endpoints.size())),
                    AT,
                    random.nextBoolean() ? FORM : random.nextBoolean() ? "application/json" : null,
                    null,
                    random.nextBoolean() ? "status=%zz&a" : null,
                    "slug");

            Conversion first = CONVERSION.convert(arrival, body);

            assertThat(first.getClass())
                    .isEqualTo(CONVERSION.convert(arrival, body).getClass());
        }
    }

    private static byte[] mutated(Random random, byte[] body) {
        byte[] copy = Arrays.copyOf(body, random.nextInt(4) == 0 ? random.nextInt(body.length + 1) : body.length);
        for (int i = random.nextInt(4); i > 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ConversionContext arrival(Endpoint endpoint, String contentType) {
        return new ConversionContext(endpoint, AT, contentType, null, null, null);
    }

    private static List<EnvelopeItem> items(ConversionContext arrival, String body) {
        return items(arrival, body.getBytes(ISO_8859_1));
    }

    private static List<EnvelopeItem> items(ConversionContext arrival, byte[] body) {
        Conversion conversion = CONVERSION.convert(arrival, body);
        assertThat(conversion).isInstanceOf(Conversion.Converted.class);
        return ((Conversion.Converted) conversion).envelope().items();
    }

    private static DropReason refusal(ConversionContext arrival, String body) {
        Conversion conversion = CONVERSION.convert(arrival, body.getBytes(ISO_8859_1));
        assertThat(conversion).isInstanceOf(Conversion.Rejected.class);
        return ((Conversion.Rejected) conversion).reason();
    }

    private static byte[] bytes(EnvelopeItem item) {
        return Arrays.copyOfRange(
                item.payload().source(),
                item.payload().offset(),
                item.payload().offset() + item.payload().length());
    }

    private static JsonNode json(EnvelopeItem item) {
        return UntrustedJson.STRICT.tree(new String(bytes(item), UTF_8));
    }

    private static String part(String disposition, String content) {
        return "--xYz\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n".formatted(disposition, content);
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--xYz--\r\n";
    }
}
