package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every ingest route with every form of body, through all three services and back over the API. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class EveryRouteIT {
    private static final String MULTIPART = "multipart/form-data; boundary=xYz";
    private static final String QUERY = "?sentry_key={key}";
    private static final String EVENT = "{\"event_id\":\"{id}\",\"message\":\"told {id}\"}";
    private static final String ENVELOPE = "{\"event_id\":\"{id}\"}\n{\"type\":\"event\"}\n" + EVENT
            + "\n{\"type\":\"session\"}\n"
            + "{\"sid\":\"{id}\",\"started\":\"{now}\",\"attrs\":{\"release\":\"shop@1.0\"}}\n{\"type\":\"of_tomorrow\"}\nanything {id}\n";

    private static final Map<String, JsonNode> ENVELOPES = new HashMap<>();
    private static final Map<String, Http.Answer> ANSWERS = new HashMap<>();
    private static List<RouteCase> cases;
    private static Api api;

    /**
     * All are sent to the first project, whose slug is known, and all before any is looked at: what takes time is the way to the
     * database.
     */
    @BeforeAll
    static void sendAll(Cluster cluster) throws IOException {
        cases = Stream.of(envelopes(), stores(), browsers(), crashes(), checkIns(), otlp(), reports())
                .flatMap(List::stream)
                .toList();
        api = cluster.api();
        Sender sender = Sender.of(api, cluster.gateway.url());
        String slug = api.project().path("slug").asString();
        await("the project is known")
                .atMost(Duration.ofSeconds(30))
                .until(() -> sender.send(Sender.event(Sender.newId(), "warm")).status() == 200);
        cases.forEach(each -> ANSWERS.put(each.name, each.send(sender, slug)));
        String path = "/api/v1/projects/%d/envelopes".formatted(sender.projectId());
        long accepted = ANSWERS.values().stream()
                .filter(answer -> answer.status() < 300)
                .count();
        await("all that was accepted is there")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> api.all(path).size() > accepted);
        api.all(path)
                .forEach(envelope -> ENVELOPES.put(envelope.path("user_agent").asString(""), envelope));
    }

    static List<RouteCase> everyRoute() {
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyRoute(RouteCase sent) {
        assertThat(ANSWERS.get(sent.name).status()).isEqualTo(sent.status);
        JsonNode envelope = ENVELOPES.get(sent.agent());
        assertThat(envelope).as("envelope of %s", sent).isNotNull();
        assertThat(envelope.path("outcome").asString()).as(envelope.toString()).isEqualTo("stored");
        assertThat(envelope.path("endpoint").asString()).isEqualTo(sent.endpoint);

        String path = "/api/v1/envelopes/%s/items".formatted(envelope.path("id").asString());
        List<JsonNode> items = new ArrayList<>();
        api.json(path).forEach(items::add);

        assertThat(items)
                .extracting(item -> item.path("type").asString())
                .containsExactlyElementsOf(
                        sent.items.stream().map(RouteCase.Item::type).toList());
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            assertThat(item.path("outcome").asString()).as(item.toString()).isEqualTo("stored");
            byte[] payload = api.get("%s/%d/payload".formatted(path, i)).body();
            assertThat(payload).hasSize(item.path("size").asInt());
            assertThat(new String(payload, ISO_8859_1))
                    .contains(sent.items.get(i).content().replace("{id}", sent.eventId));
            if (item.path("type").asString().matches("event|security")) {
                assertEvent(item.path("event_id").asString());
            }
        }
    }

    private static void assertEvent(String id) {
        JsonNode event = api.json("/events/" + id);
        assertThat(event.path("issue_id").asLong()).isPositive();
        assertThat(event.path("title").asString()).isNotIn("", "<unlabeled event>");
    }

    private static List<RouteCase> envelopes() throws IOException {
        List<RouteCase> made = new ArrayList<>();
        String envelope = ENVELOPE.replace("{now}", Instant.now().toString());
        for (String encoding : new String[] {"", "identity", "gzip", "x-gzip", "deflate", "br", "zstd", "utf-8"}) {
            var each = RouteCase.post("envelope '" + encoding + "'", "envelope", "/api/{p}/envelope/")
                    .auth();
            byte[] text = envelope.replace("{id}", each.eventId).getBytes(UTF_8);
            made.add(each.header("Content-Encoding", encoding).body(encoded(encoding, text)));
        }
        made.add(RouteCase.post("envelope without a slash", "envelope", "/api/{p}/envelope" + QUERY)
                .type("text/plain;charset=UTF-8")
                .body(envelope));
        made.add(RouteCase.post("envelope with many slashes", "envelope", "//api//{p}///envelope//" + QUERY)
                .type("application/x-www-form-urlencoded")
                .body(envelope));
        made.add(RouteCase.post("envelope below v1", "envelope", "/api/v1/{p}/envelope/" + QUERY)
                .body(envelope));
        made.add(RouteCase.post("envelope with its DSN", "envelope", "/api/{p}/envelope/")
                .body(envelope.replaceFirst("\\{", "{\"dsn\":\"http://{key}@localhost/{p}\",")));
        made.forEach(each -> each.item("event", "told {id}")
                .item("session", "{\"sid\":\"{id}\",")
                .item("of_tomorrow", "anything {id}"));
        return made;
    }

    private static List<RouteCase> stores() throws IOException {
        List<RouteCase> made = new ArrayList<>();
        for (String form : new String[] {"plain", "base64", "base64 of zlib"}) {
            var post =
                    RouteCase.post("store " + form, "store", "/api/{p}/store/").auth();
            made.add(post.body(storeForm(form, post)));
            var bare = RouteCase.post("store without a project, " + form, "store", "/api/store/")
                    .auth();
            made.add(bare.body(storeForm(form, bare)));
        }
        for (String path : new String[] {"/api/{p}/store/", "/api/store/"}) {
            for (String form : new String[] {"plain", "base64", "base64 of zlib"}) {
                // The id of a case is known only when it is made, and its path is needed to make it.
                String id = Sender.newId().toString();
                String data = URLEncoder.encode(new String(storeForm(form, id), UTF_8), UTF_8);
                made.add(RouteCase.get(
                        "pixel %s %s".formatted(path, form), "store", path + QUERY + "&sentry_data=" + data));
            }
        }
        made.forEach(each -> each.item("event", "told "));
        return made;
    }

    private static byte[] storeForm(String form, RouteCase of) throws IOException {
        return storeForm(form, of.eventId);
    }

    private static byte[] storeForm(String form, String id) throws IOException {
        byte[] json = EVENT.replace("{id}", id).getBytes(UTF_8);
        return switch (form) {
            case "plain" -> json;
            case "base64" -> Base64.getEncoder().encode(json);
            default -> Base64.getEncoder().encode(encoded("deflate", json));
        };
    }

    private static List<RouteCase> browsers() {
        List<RouteCase> made = new ArrayList<>();
        String csp =
                "{\"csp-report\":{\"document-uri\":\"http://a/{id}\",\"effective-directive\":\"img-src\",\"blocked-uri\":\"http://b/\"}}";
        Map<String, String> bodies = Map.of(
                "application/json", csp,
                "application/csp-report", csp,
                "application/expect-ct-report", "{\"expect-ct-report\":{\"hostname\":\"{id}\"}}",
                "application/expect-ct-report+json", "{\"expect-ct-report\":{\"hostname\":\"{id}\"}}",
                "application/expect-staple-report", "{\"expect-staple-report\":{\"hostname\":\"{id}\"}}",
                "application/reports+json",
                        "[{\"type\":\"csp-violation\",\"body\":{\"documentURL\":\"http://a/{id}\"}}]");
        for (String route : new String[] {"security", "csp-report"}) {
            bodies.forEach((type, body) -> made.add(RouteCase.post(
                            route + " " + type,
                            "security",
                            "/api/{p}/" + route + "/" + QUERY + "&sentry_release=1&sentry_environment=live")
                    .type(type + "; charset=utf-8")
                    .body(body)
                    .item("security", "{id}")));
        }
        for (String type : new String[] {"application/json", "application/reports+json"}) {
            made.add(RouteCase.post("nel " + type, "nel", "/api/{p}/nel/" + QUERY)
                    .type(type)
                    .body(
                            "[{\"type\":\"network-error\",\"url\":\"http://{id}/\"},{\"type\":\"network-error\",\"age\":2}]")
                    .item("nel", "http://{id}/")
                    .item("nel", "\"age\":2"));
        }
        return made;
    }

    private static List<RouteCase> crashes() throws IOException {
        List<RouteCase> made = new ArrayList<>();
        var form = RouteCase.post("minidump in a form", "minidump", "/api/{p}/minidump/" + QUERY)
                .type(MULTIPART);
        made.add(form.body(part("name=\"sentry[release]\"", "game@1")
                        + part("name=\"upload_file_minidump\"; filename=\"größe.dmp\"", "MDMP {id}")
                        + part("name=\"log\"; filename=\"game.log\"", "line {id}")
                        + "--xYz--\r\n")
                .item("event", "game@1")
                .item("attachment", "MDMP {id}")
                .item("attachment", "line {id}"));
        for (String type : new String[] {"application/octet-stream", "application/x-dmp"}) {
            made.add(RouteCase.post("minidump as " + type, "minidump", "/api/{p}/minidump" + QUERY)
                    .type(type)
                    .body("MDMP {id}")
                    .item("event", "Native crash")
                    .item("attachment", "MDMP {id}"));
        }
        var packed = RouteCase.post("minidump packed by gzip", "minidump", "/api/{p}/minidump/" + QUERY)
                .type("application/x-dmp");
        made.add(packed.body(encoded("gzip", ("MDMP " + packed.eventId).getBytes(UTF_8)))
                .item("event", "Native crash")
                .item("attachment", "MDMP {id}"));
        // MDMP, packed.
        made.add(RouteCase.post("minidump packed by xz", "minidump", "/api/{p}/minidump/" + QUERY)
                .type("application/x-dmp")
                .body(
                        Base64.getDecoder()
                                .decode(
                                        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALTURNUCwgcGFja2VkAOWiE85Mc3K+AAEkDKYY2NgftvN9AQAAAAAEWVo="))
                .item("event", "Native crash")
                .item("attachment", "MDMP, packed"));
        made.add(RouteCase.post("unreal", "unreal", "/api/{p}/unreal/{key}/?UserID=player%201")
                .body("engine {id}")
                .item("event", "player 1")
                .item("unreal_report", "engine {id}"));
        made.add(RouteCase.post("attachments", "attachments", "/api/{p}/events/{id}/attachments/")
                .auth()
                .type(MULTIPART)
                .body(part("name=\"a\"; filename=\"a.txt\"\r\nContent-Type: text/plain", "first {id}")
                        + part("name=\"note\"", "no file")
                        + part("name=\"b\"; filename=\"b.txt\"", "second {id}")
                        + "--xYz--\r\n")
                .answers(201)
                .item("attachment", "first {id}")
                .item("attachment", "second {id}"));
        return made;
    }

    private static List<RouteCase> checkIns() {
        String query = "?sentry_key={key}&status=ok&duration=1.5&environment=env-{id}&check_in_id={id}";
        String inPath = query.replace("sentry_key={key}&", "");
        List<RouteCase> made = List.of(
                RouteCase.get("check-in by GET", "cron", "/api/{p}/cron/nightly/" + query),
                RouteCase.get(
                        "check-in by GET with the key in the path", "cron", "/api/{p}/cron/nightly/{key}" + inPath),
                RouteCase.post("check-in by POST", "cron", "/api/{p}/cron/nightly" + query),
                RouteCase.post(
                        "check-in by POST with the key in the path", "cron", "/api/{p}/cron/nightly/{key}/" + inPath),
                RouteCase.post("check-in as JSON", "cron", "/api/{p}/cron/nightly/{key}/")
                        .type("application/json")
                        .body("{\"status\":\"ok\",\"environment\":\"env-{id}\",\"check_in_id\":\"{id}\"}"));
        made.forEach(each -> each.answers(202).item("check_in", "env-{id}"));
        return made;
    }

    private static List<RouteCase> otlp() {
        List<RouteCase> made = new ArrayList<>();
        for (String below : new String[] {"integration/otlp", "otlp"}) {
            made.add(
                    RouteCase.post("traces of " + below + " as JSON", "otlp_traces", "/api/{p}/" + below + "/v1/traces")
                            .auth()
                            .type("application/json")
                            .body(
                                    "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\","
                                            + "\"spanId\":\"eee19b7ec3c1b174\",\"name\":\"span {id}\",\"kind\":2,"
                                            + "\"startTimeUnixNano\":\"1760000000000000000\",\"endTimeUnixNano\":\"1760000001000000000\"}]}]}]}")
                            .item("span", "\"name\":\"span {id}\",\"kind\":\"server\""));
            made.add(RouteCase.post("logs of " + below + " as JSON", "otlp_logs", "/api/{p}/" + below + "/v1/logs/")
                    .auth()
                    .type("application/json; charset=utf-8")
                    .body(
                            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"log {id}\"}}]}]}]}")
                    .item("log", "log {id}"));
        }
        var traces = RouteCase.post("traces as protobuf", "otlp_traces", "/api/{p}/integration/otlp/v1/traces/")
                .auth();
        byte[] exception = field(11, field(2, "exception".getBytes(UTF_8)));
        made.add(traces.type("application/x-protobuf")
                .body(field(
                        1,
                        field(
                                2,
                                field(
                                        2,
                                        joined(
                                                field(1, new byte[] {
                                                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
                                                }),
                                                field(2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
                                                field(5, ("span " + traces.eventId).getBytes(UTF_8)),
                                                fixed64(7, 1_760_000_000_000_000_000L),
                                                fixed64(8, 1_760_000_001_000_000_000L),
                                                exception)))))
                .item("event", "span {id}")
                .item("span", "span {id}"));
        var logs = RouteCase.post("logs as protobuf", "otlp_logs", "/api/{p}/integration/otlp/v1/logs")
                .auth();
        made.add(logs.type("application/x-protobuf")
                .body(field(1, field(2, field(2, field(5, field(1, ("log " + logs.eventId).getBytes(UTF_8)))))))
                .item("log", "log {id}"));
        return made;
    }

    private static List<RouteCase> reports() {
        String error =
                "{\"project_key\":\"default\",\"message\":\"Error: {id}\",\"stack\":\"Error: {id}\\n  at pay (shop.js:7:1)\"}";
        String event = "{\"message\":\"team {id}\",\"level\":\"warning\",\"extra\":{\"cart\":3}}";
        return List.of(
                RouteCase.post("E1 by slug", "error_report", "/api/v1/events")
                        .type("application/json")
                        .body(error)
                        .item("event", "shop.js"),
                RouteCase.post("M2 by slug", "event_report", "/api/events/ingest/{slug}/")
                        .type("application/json")
                        .body(event)
                        .item("event", "team {id}"),
                RouteCase.post("M2 by token", "event_report", "/api/events/ingest/token/{key}/")
                        .type("application/json")
                        .body(event)
                        .item("event", "team {id}"),
                RouteCase.post(
                                "the dialog after an error",
                                "error_page",
                                "/api/embed/error-page/?dsn=http://{key}@localhost/{p}&eventId={id}")
                        .type("application/x-www-form-urlencoded;charset=UTF-8")
                        .body("name=Ada&comments=broke+{id}")
                        .item("user_report", "broke {id}"),
                RouteCase.post("M6", "session_report", "/api/sessions/ingest/token/{key}/")
                        .type("application/json")
                        .body(
                                "{\"session_id\":\"s\",\"status\":\"crashed\",\"release\":\"shop@{id}\",\"duration_ms\":1500}")
                        .item("session", "shop@{id}"));
    }

    private static String part(String disposition, String content) {
        return "--xYz\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n".formatted(disposition, content);
    }

    /** A field of protobuf that holds bytes, a text or a message. */
    private static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        for (int left = content.length; ; left >>>= 7) {
            out.write(left > 127 ? (left & 127) | 128 : left);
            if (left <= 127) {
                break;
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] fixed64(int number, long value) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (number << 3 | 1))
                .putLong(value)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] encoded(String encoding, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream encoder = switch (encoding) {
            case "gzip", "x-gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out);
            case "br" -> {
                Brotli4jLoader.ensureAvailability();
                yield new BrotliOutputStream(out);
            }
            case "zstd" -> {
                // One raw block in one frame (RFC 8878, section 3.1.1), whose size stands in two bytes, less 256.
                int size = content.length;
                out.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x60});
                out.write(size - 256);
                out.write((size - 256) >> 8);
                int header = size << 3 | 1;
                out.write(header);
                out.write(header >> 8);
                out.write(header >> 16);
                yield out;
            }
            default -> out;
        }) {
            encoder.write(content);
        }
        return out.toByteArray();
    }
}
