package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.CLOSED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.DISABLED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PAGES_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.SECOND_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Resentry's own endpoints: one error (E1), one event (M2) and one session (M6), and their errors (S5). */
class ReportConformanceTest {
    private static final String ERRORS = "/api/v1/events";
    private static final String EVENTS = "/api/v1/events/ingest/shop";
    private static final String EVENTS_BY_TOKEN = "/api/v1/events/ingest/token/" + KEY;
    private static final String SESSIONS = "/api/v1/sessions/ingest/token/" + KEY;
    private static final String LONG_NAME = "x".repeat(201);
    private static final String LONG_TIME = "9".repeat(400);
    private static final IngestScene SCENE = new IngestScene();

    /**
     * A kind of report.
     *
     * @param name the feature's
     * @param least the fields that it needs, as JSON
     */
    private record Form(String name, String path, Endpoint endpoint, Map<String, String> least) {
        static final Form E1 = new Form(
                "E1", ERRORS, Endpoint.ERROR_REPORT, Map.of("project_key", quoted(KEY), "message", quoted("m")));
        static final Form M2 = new Form("M2", EVENTS, Endpoint.EVENT_REPORT, Map.of("message", quoted("m")));
        static final Form M6 = new Form(
                "M6",
                SESSIONS,
                Endpoint.SESSION_REPORT,
                Map.of("session_id", quoted("s"), "status", quoted("ok"), "release", quoted("1")));

        Rule with(String field, String json) {
            Map<String, String> fields = new TreeMap<>(least);
            fields.put(field, json);
            return of(field + " = " + (json.length() > 60 ? json.substring(0, 60) + "…" : json), fields);
        }

        Rule without(String field) {
            Map<String, String> fields = new TreeMap<>(least);
            fields.remove(field);
            return of("no " + field, fields);
        }

        Rule of(String words, Map<String, String> fields) {
            var json = new StringBuilder();
            fields.forEach((name, value) -> json.append(json.isEmpty() ? "{" : ",")
                    .append(quoted(name))
                    .append(':')
                    .append(value));
            return Rule.report(name, words, path).body((json.isEmpty() ? "{" : json) + "}");
        }

        Rule kept(Rule rule) {
            rule.kept(endpoint, 200);
            return endpoint == Endpoint.SESSION_REPORT ? rule : rule.newEventId();
        }
    }

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @TestFactory
    Stream<DynamicTest> goodReportsAreKeptAndAnsweredWithTheirIds() {
        return Stream.of(
                        Form.E1.kept(Form.E1.of("the least", Form.E1.least)),
                        Form.E1.kept(Form.E1.with("stack", "\"a\\nb\"")),
                        Form.E1.kept(Form.E1.with("method", "\"GET\"")),
                        Form.E1.kept(Form.E1.with("path", "\"/a\"")),
                        Form.E1.kept(Form.E1.with("status_code", "100")),
                        Form.E1.kept(Form.E1.with("status_code", "599")),
                        Form.E1.kept(Form.E1.with("status_code", "null")),
                        Form.E1.kept(Form.E1.with("timestamp", "\"2026-01-02T03:04:05Z\"")),
                        Form.E1.kept(Form.E1.with("timestamp", "\"2026-01-02T03:04:05.5+02:00\"")),
                        Form.E1.kept(Form.E1.with("timestamp", "1767323045.5")),
                        Form.E1.kept(Form.E1.with("timestamp", "-1")),
                        Form.E1.kept(Form.E1.with("message", quoted("x".repeat(90_000)))),
                        Form.E1.kept(Form.E1.with("message", "\"é€\uD83D\uDE00\"")),
                        Form.E1.kept(Form.E1.with("message", "\"\\ud800\"")),
                        Form.E1.kept(Form.E1.with("unknown", "[1]")),
                        Form.E1.kept(Form.E1.with("project_key", "\"shop\"")),
                        Form.E1.kept(
                                Form.E1.with("project_key", quoted(SECOND_KEY)).ofProject(42, SECOND_KEY)),
                        Form.M2.kept(Form.M2.of("the least", Form.M2.least)),
                        Form.M2.kept(Form.M2.with("level", "\"fatal\"")),
                        Form.M2.kept(Form.M2.with("level", "\"debug\"")),
                        Form.M2.kept(Form.M2.with("extra", "{\"a\":[]}")),
                        Form.M2.kept(Form.M2.with("release", "\"1\"")),
                        Form.M2.kept(Form.M2.of("by token", Form.M2.least).post(EVENTS_BY_TOKEN)),
                        Form.M2.kept(Form.M2.of("without v1", Form.M2.least).post("/api/events/ingest/shop/")),
                        Form.M2.kept(Form.M2
                                .of("a slug, percent-encoded", Form.M2.least)
                                .post("/api/v1/events/ingest/%73hop")),
                        Form.M6.kept(Form.M6.of("the least", Form.M6.least)),
                        Form.M6.kept(Form.M6.with("status", "\"crashed\"")),
                        Form.M6.kept(Form.M6.with("duration_ms", "0")),
                        Form.M6.kept(Form.M6.with("duration_ms", "1.5")),
                        Form.M6.kept(Form.M6.with("user", "\"u\"")))
                .flatMap(SCENE::show);
    }

    @TestFactory
    Stream<DynamicTest> wrongFieldsAreNamed() {
        return Stream.of(
                        Form.E1.without("project_key").rejected(400, "\"project_key\":\"is missing\""),
                        Form.E1.with("project_key", "\" \"").rejected(400, "\"project_key\":\"is empty\""),
                        Form.E1
                                .with("project_key", "5")
                                .rejected(400, "\"project_key\":\"expected a text, got a number\""),
                        Form.E1
                                .with("project_key", quoted(LONG_NAME))
                                .rejected(400, "\"project_key\":\"has 201 characters"),
                        Form.E1.without("message").rejected(400, "\"message\":\"is missing\""),
                        Form.E1.with("message", "\"\"").rejected(400, "\"message\":\"is empty\""),
                        Form.E1.with("message", "null").rejected(400, "\"message\":\"is missing\""),
                        Form.E1.with("message", "{}").rejected(400, "\"message\":\"expected a text, got an object\""),
                        Form.E1.with("stack", "[]").rejected(400, "\"stack\":\"expected a text, got a list\""),
                        Form.E1
                                .with("method", "true")
                                .rejected(400, "\"method\":\"expected a text, got true or false\""),
                        Form.E1.with("path", "1").rejected(400, "\"path\":"),
                        Form.E1
                                .with("status_code", "99")
                                .rejected(400, "\"status_code\":\"expected a whole number from 100 to 599\""),
                        Form.E1.with("status_code", "600").rejected(400, "\"status_code\":"),
                        Form.E1.with("status_code", "200.5").rejected(400, "\"status_code\":"),
                        Form.E1.with("status_code", "\"200\"").rejected(400, "\"status_code\":"),
                        Form.E1.with("status_code", LONG_TIME).rejected(400, "\"status_code\":"),
                        Form.E1.with("timestamp", "\"yesterday\"").rejected(400, "\"timestamp\":\"expected a time"),
                        Form.E1.with("timestamp", "1e300").rejected(400, "\"timestamp\":"),
                        Form.E1.with("timestamp", "1e999").rejected(400, "\"timestamp\":"),
                        Form.E1.with("timestamp", LONG_TIME).rejected(400, "\"timestamp\":"),
                        Form.E1.with("timestamp", "[]").rejected(400, "\"timestamp\":"),
                        Form.M2.without("message").rejected(400, "\"message\":\"is missing\""),
                        Form.M2
                                .with("level", "\"loud\"")
                                .rejected(400, "\"level\":\"expected one of debug, error, fatal, info, warning\""),
                        Form.M2.with("level", "3").rejected(400, "\"level\":"),
                        Form.M2.with("release", quoted(LONG_NAME)).rejected(400, "\"release\":\"has 201 characters"),
                        Form.M2.with("environment", "[]").rejected(400, "\"environment\":"),
                        Form.M2.with("stack", "{}").rejected(400, "\"stack\":"),
                        Form.M2.with("extra", "[]").rejected(400, "\"extra\":\"expected an object, got a list\""),
                        Form.M2.with("timestamp", "true").rejected(400, "\"timestamp\":"),
                        Form.M6.without("session_id").rejected(400, "\"session_id\":\"is missing\""),
                        Form.M6.without("status").rejected(400, "\"status\":\"is missing; expected one of"),
                        Form.M6.without("release").rejected(400, "\"release\":\"is missing\""),
                        Form.M6
                                .with("status", "\"fine\"")
                                .rejected(400, "\"status\":\"expected one of crashed, errored, exited, ok\""),
                        Form.M6.with("environment", "1").rejected(400, "\"environment\":"),
                        Form.M6.with("user", "{}").rejected(400, "\"user\":"),
                        Form.M6
                                .with("duration_ms", "-1")
                                .rejected(400, "\"duration_ms\":\"expected a number, 0 or more\""),
                        Form.M6.with("duration_ms", "\"1\"").rejected(400, "\"duration_ms\":"),
                        Form.M6.with("duration_ms", "-" + LONG_TIME).rejected(400, "\"duration_ms\":"),
                        Form.M6.with("timestamp", "{}").rejected(400, "\"timestamp\":"),
                        Form.E1
                                .of("several at once", Map.of("stack", "1", "status_code", "1", "timestamp", "[]"))
                                .rejected(
                                        400,
                                        "5 of the fields are wrong",
                                        "\"message\":",
                                        "\"project_key\":",
                                        "\"stack\":",
                                        "\"status_code\":",
                                        "\"timestamp\":"))
                .flatMap(rule -> SCENE.show(rule.rejected(400, "\"error\":\"invalid_request\"")));
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeAReportIsRefused() {
        return Stream.of(ERRORS, EVENTS, EVENTS_BY_TOKEN, SESSIONS)
                .flatMap(path -> SCENE.show(
                        Rule.report("S5", "nothing to " + path, path).rejected(400, "empty request body"),
                        Rule.report("S5", "no JSON to " + path, path)
                                .body("{\"message\":")
                                .rejected(400, "invalid JSON data: line 1, column"),
                        Rule.report("S5", "a list to " + path, path).body("[]").rejected(400, "expected a JSON object"),
                        Rule.report("S5", "deep JSON to " + path, path)
                                .body("{\"a\":" + "[".repeat(5000))
                                .rejected(400, "invalid JSON data"),
                        Rule.report("S5", "gzip that is none to " + path, path)
                                .encoding("gzip")
                                .body("{}")
                                .rejected(400, "not valid gzip"),
                        Rule.report("S5", "PUT to " + path, path)
                                .method("PUT", path)
                                .rejected(405, "method not allowed")
                                .withHeader("Allow", "POST, OPTIONS")));
    }

    @TestFactory
    Stream<DynamicTest> reportsOfUnknownSendersAreRefused() {
        return SCENE.show(
                Form.E1.with("project_key", "\"nobody\"").rejected(404, "not_found", "there is no project 'nobody'"),
                Form.E1.with("project_key", quoted(UNKNOWN_KEY)).rejected(404, "there is no project"),
                Form.E1.with("project_key", "\"\\ud800\"").rejected(404, "there is no project"),
                Form.E1.with("project_key", quoted(DISABLED_KEY)).rejected(403, "forbidden", "the key is disabled"),
                Form.E1.with("project_key", quoted(CLOSED_KEY)).rejected(403, "project 44 is disabled"),
                Form.E1.with("project_key", "\"closed\"").rejected(403, "project 44 is disabled"),
                Form.M2
                        .of("no such slug", Form.M2.least)
                        .post("/api/v1/events/ingest/nobody")
                        .rejected(404, "there is no project 'nobody'"),
                Form.M2
                        .of("no such token", Form.M2.least)
                        .post("/api/v1/events/ingest/token/" + UNKNOWN_KEY)
                        .rejected(404, "there is no project"),
                Form.M2
                        .of("a token that is no key", Form.M2.least)
                        .post("/api/v1/events/ingest/token/abc")
                        .rejected(404, "there is no project 'abc'"),
                Form.M2
                        .of("a slug as a token", Form.M2.least)
                        .post("/api/v1/events/ingest/token/shop")
                        .rejected(404, "there is no project 'shop'"),
                Form.M2
                        .of("a slug beyond ASCII", Form.M2.least)
                        .post("/api/v1/events/ingest/%C3%A9%00%FF")
                        .rejected(404, "there is no project"),
                Form.M2
                        .of("a disabled token", Form.M2.least)
                        .post("/api/v1/events/ingest/token/" + DISABLED_KEY)
                        .rejected(403, "the key is disabled"),
                Form.M2
                        .of("a disabled project", Form.M2.least)
                        .post("/api/v1/events/ingest/closed")
                        .rejected(403, "project 44 is disabled"),
                Form.M6
                        .of("no such token", Form.M6.least)
                        .post("/api/v1/sessions/ingest/token/" + UNKNOWN_KEY)
                        .rejected(404, "there is no project"),
                Form.M6
                        .of("a disabled token", Form.M6.least)
                        .post("/api/v1/sessions/ingest/token/" + DISABLED_KEY)
                        .rejected(403, "the key is disabled"),
                Form.M2
                        .of("a page that is not allowed", Form.M2.least)
                        .post("/api/v1/events/ingest/pages")
                        .header("Origin", "https://evil.example")
                        .rejected(403, "does not take events from https://evil.example"),
                Form.M2.kept(Form.M2
                        .of("a page that is allowed", Form.M2.least)
                        .post("/api/v1/events/ingest/pages")
                        .header("Origin", "https://shop.example")
                        .ofProject(45, PAGES_KEY)));
    }

    @Test
    void anErrorIsAnsweredWithIdTimeAndMessage() throws Exception {
        JsonNode response = answerTo(
                ERRORS, "{\"project_key\":\"shop\",\"message\":\"m\",\"timestamp\":\"2026-01-02T03:04:05+01:00\"}");

        assertThat(response.propertyNames()).containsExactly("id", "timestamp", "message");
        assertThat(response.get("timestamp").asString()).isEqualTo("2026-01-02T02:04:05Z");
        assertThat(response.get("message").asString()).isEqualTo("m");
        assertThat(response.get("id").asString())
                .isEqualTo(SCENE.nextKept().receipt().eventId().toString());
    }

    @Test
    void anEventWithoutATimeIsAnsweredWithItsArrival() throws Exception {
        JsonNode response = answerTo(EVENTS, "{\"message\":\"m\"}");

        assertThat(response.get("timestamp").asString())
                .isEqualTo(SCENE.nextKept().receipt().receivedAt().toString());
    }

    @Test
    void aSessionIsAnsweredWithIdAndStatus() throws Exception {
        JsonNode response = answerTo(SESSIONS, "{\"session_id\":\"s\",\"status\":\"exited\",\"release\":\"1\"}");

        assertThat(response.propertyNames()).containsExactly("id", "status");
        assertThat(response.get("id").asString()).isEqualTo("s");
        assertThat(response.get("status").asString()).isEqualTo("exited");
    }

    private static JsonNode answerTo(String path, String body) throws Exception {
        SCENE.forget();
        try (Wire wire = SCENE.connect()) {
            wire.say(
                    "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s".formatted(path, body.length(), body));
            WireResponse response = wire.response();
            assertThat(response.status()).isEqualTo(200);
            return response.json();
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
