package dev.resentry.query.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.auth.AccessTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ErrorsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void unknownPath() {
        for (String path : new String[] {"/api/v1/nothing", "/nothing", "/api/v1/projects/1/nothing/"}) {
            assertThat(expect(API.get(path), 404, "not_found").path("message").asString())
                    .startsWith("There is no GET /");
        }
    }

    @Test
    void wrongMethod() {
        Reply reply = API.delete("/issues/1");

        expect(reply, 405, "invalid_request");
        assertThat(reply.header("Allow")).contains("GET", "PUT");
    }

    @Test
    void wrongMediaType() {
        Reply reply = RunningApi.exchange(request("/api/v1/projects/")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("name")));

        expect(reply, 415, "invalid_request");
    }

    @Test
    void errorsAreJsonEvenIfTheRequestDoesNotAcceptJson() {
        expect(RunningApi.exchange(request("/issues/999999").header("Accept", "text/html")), 404, "not_found");
        expect(RunningApi.exchange(request("/issues").header("Accept", "image/png")), 406, "invalid_request");
        expect(RunningApi.exchange(request("/nothing").header("Accept", "text/html")), 404, "not_found");
    }

    @Test
    void unreadableJsonIsLocated() {
        var answer = expect(API.post("/api/v1/projects/", "{\"name\":\n  \"x\",,}"), 400, "invalid_request");

        assertThat(answer.path("message").asString()).contains("line 2, column 7");
    }

    @Test
    void aValueOfTheWrongTypeIsNamedAndLocated() {
        var answer = expect(API.post("/api/v1/projects/", "{\"name\": {\"a\": 1}}"), 400, "invalid_request");
        assertThat(answer.path("details").path("name").asString()).isEqualTo("line 1, column 10 (expected: a text)");

        expect(API.post("/api/v1/projects/", "[]"), 400, "invalid_request");
        expect(API.post("/api/v1/projects/", "null"), 400, "invalid_request");
        expect(API.post("/api/v1/projects/", ""), 400, "invalid_request");
        var number = expect(API.get("/api/v1/projects/abc"), 400, "invalid_request");
        assertThat(number.path("details").path("id").asString()).isEqualTo("'abc' (expected: a whole number)");
    }

    @Test
    void aBodyBeyondALimitOfTheParserIsRefusedAndTheLimitIsNamed() {
        long project = ROWS.project("beyond-limits");
        long issue = ROWS.issue(project, "Beyond limits", Instant.now(), "unresolved");
        String deep = "[".repeat(600) + "]".repeat(600);
        String longNumber = "9".repeat(1_001);

        for (Reply reply : List.of(
                API.post("/api/v1/projects", "{\"colour\": " + deep + "}"),
                API.put("/api/v1/issues/" + issue, "{\"assigned_to\": " + deep + "}"),
                API.put("/issues/" + issue, "{\"assigned_to\": " + deep + "}"))) {
            assertThat(expect(reply, 400, "invalid_request").path("message").asString())
                    .startsWith("The body goes beyond a limit: ")
                    .endsWith("nesting depth (501) exceeds the maximum allowed (500)");
        }
        for (Reply reply : List.of(
                API.post("/api/v1/projects", "{\"name\": " + longNumber + "}"),
                API.patch("/api/v1/projects/" + project, "{\"limits\": [{\"limit\": " + longNumber + "}]}"))) {
            assertThat(expect(reply, 400, "invalid_request").path("message").asString())
                    .endsWith("Number value length (1001) exceeds the maximum allowed (1000)");
        }
        assertThat(expect(
                                API.patch("/api/v1/projects/" + project, "{\"" + "n".repeat(50_001) + "\": 1}"),
                                400,
                                "invalid_request")
                        .path("message")
                        .asString())
                .contains("Name length", "exceeds the maximum allowed (50000)");
    }

    @Test
    void whatWasSentIsNotSentBackWhole() {
        long issue = ROWS.issue(ROWS.project("long-values"), "Long values", Instant.now(), "unresolved");
        String nested = "[".repeat(490) + "]".repeat(490);
        for (String body : List.of(
                "{\"status\": \"" + "x".repeat(100_000) + "\"}",
                "{\"assigned_to\": \"" + "x".repeat(100_000) + "\"}",
                "{\"assigned_to\": " + nested + "}",
                "{\"" + "n".repeat(40_000) + "\": 1}")) {
            Reply reply = API.put("/api/v1/issues/" + issue, body);

            assertThat(expect(reply, 400, "invalid_request").path("message").asString())
                    .contains("expected: ");
            assertThat(reply.bytes()).hasSizeLessThan(5_000);
        }
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        var answer = expect(API.post("/api/v1/projects", "{\"name\": \"a\", \"name\": \"b\"}"), 400, "invalid_request");

        assertThat(answer.path("message").asString()).contains("line 1, column ", "Duplicate", "name");
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAndLocated() {
        Reply reply = RunningApi.exchange(request("/api/v1/projects")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray("{\"name\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))));

        assertThat(expect(reply, 400, "invalid_request").path("message").asString())
                .contains("line 1, column ", "UTF-8");
    }

    @Test
    void whatIsWrongWithABodyIsSaidWithoutTheInsideOfTheServer() {
        for (String body : List.of("[]", "7", "\"x\"", "{\"name\": \"x\"} {}", "{\"name\": NaN}", "", "null")) {
            var answer = expect(API.post("/api/v1/projects", body), 400, "invalid_request");

            assertThat(answer.path("message").asString())
                    .as(body)
                    .startsWith("The body is ")
                    .doesNotContain("dev.resentry", "Feature", "Jackson", "Token.");
        }
    }

    @Test
    void anUnknownFieldIsNamedAndLocatedWithThoseThatAreKnown() {
        var answer =
                expect(API.patch("/api/v1/projects/1", "{\"name\": \"x\", \"colour\": 1}"), 400, "invalid_request");

        assertThat(answer.path("details").path("colour").asString())
                .startsWith("line 1, column ")
                .endsWith(
                        "unknown (expected: allowed_origins, auto_resolve_hours, limits, name, platform, slug, spike_protection, status)");
    }

    @Test
    void aParameterOfTheWrongTypeIsNamedWithWhatIsExpected() {
        var time = expect(API.get("/api/v1/outcomes?from=yesterday"), 400, "invalid_request");
        assertThat(time.path("details").path("from").asString())
                .isEqualTo("'yesterday' (expected: a time such as 2026-11-18T12:00:00Z)");

        var number = expect(API.get("/api/v1/jobs?limit=" + "9".repeat(300)), 400, "invalid_request");
        assertThat(number.path("details").path("limit").asString())
                .isEqualTo("'%s…' (expected: a whole number)".formatted("9".repeat(100)));
    }

    @Test
    void aTextThatIsTooLongIsNamedWithTheLimit() {
        var answer = expect(
                API.post("/api/v1/projects/", "{\"name\": \"" + "x".repeat(201) + "\"}"), 400, "invalid_request");

        assertThat(answer.path("details").path("name").asString()).contains("200");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysItsSizeOrNot() {
        String body = "{\"name\": \"" + "x".repeat(BodyLimitFilter.MAX_BYTES) + "\"}";
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString(body));

        for (var publisher : List.of(BodyPublishers.ofString(body), chunked)) {
            var answer = expect(
                    RunningApi.exchange(request("/api/v1/projects")
                            .header("Content-Type", "application/json")
                            .POST(publisher)),
                    413,
                    "payload_too_large");
            assertThat(answer.path("message").asString()).contains("1048576 bytes");
        }
    }

    @Test
    void errorsOfTheServletContainerDoNotShowItsErrorPage() throws IOException {
        for (String path : new String[] {"/api/v1//projects", "/api/%2e%2e/x;y=1", "/a%00b"}) {
            URI base = API.uri("/");
            try (var socket = new Socket(base.getHost(), base.getPort())) {
                socket.getOutputStream()
                        .write("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                .formatted(path)
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 4")
                        .doesNotContain("Apache Tomcat")
                        .doesNotContain("timestamp");
            }
        }
    }

    @Test
    void theErrorPageItselfIsNotThere() {
        expect(API.get("/error"), 404, "not_found");
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailable() {
        RunningApi.servers().stopPostgres();
        try {
            expect(API.get("/api/v1/projects/"), 503, "unavailable");
            expect(API.get("/issues"), 503, "unavailable");
            expect(API.post("/api/v1/projects/", "{\"name\": \"x\"}"), 503, "unavailable");
            expect(API.post("/api/v1/auth/login", "{\"email\": \"a@b\", \"password\": \"c\"}"), 503, "unavailable");
            assertThat(API.get("/health/").status()).isEqualTo(200);
            assertThat(API.get("/health/ready").status()).isEqualTo(503);
        } finally {
            RunningApi.servers().startPostgres();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> API.get("/api/v1/projects/").status() == 200);
    }

    private static HttpRequest.Builder request(String path) {
        String token = API.bean(AccessTokens.class).issueForThisRun(Duration.ofMinutes(1));
        return HttpRequest.newBuilder(API.uri(path)).header("Authorization", "Bearer " + token);
    }

    private static tools.jackson.databind.JsonNode expect(Reply reply, int status, String error) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        var answer = reply.json();
        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("error", "message", "status_code", "details");
        assertThat(answer.path("error").asString()).isEqualTo(error);
        assertThat(answer.path("status_code").asInt()).isEqualTo(status);
        assertThat(answer.path("message").asString()).isNotBlank();
        return answer;
    }
}
