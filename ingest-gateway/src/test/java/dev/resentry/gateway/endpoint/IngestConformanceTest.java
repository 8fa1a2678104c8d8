package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * The ingest routes over real HTTP, by sockets, so that nothing tidies the requests up. Each case names its rule (ingest
 * protocol, sections 1 and 2).
 */
class IngestConformanceTest {
    private static final String KEY = "e12d836b15bb49d7bbf99e64295d995b";
    private static final String OTHER_KEY = "a".repeat(32);
    private static final String DISABLED_KEY = "b".repeat(32);
    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
    private static final String AUTH = "X-Sentry-Auth: Sentry sentry_version=7, sentry_client=t/1, sentry_key=" + KEY;
    private static final String ENVELOPE = "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{}\n".formatted(ID);
    private static final int MAX_BODY = 100_000;
    private static final Collected COLLECTED = new Collected();

    private static ServletWebServerApplicationContext gateway;

    @BeforeAll
    static void start() {
        var application = new SpringApplication(Gateway.class);
        gateway = (ServletWebServerApplicationContext) application.run(
                "--spring.config.name=resentry-gateway", "--server.port=0", "--logging.level.root=WARN");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        COLLECTED.envelopes.clear();
        COLLECTED.answer = new EnvelopePublisher.Publication.Kept();
        COLLECTED.complete = true;
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                // Routes (1.1): with and without v1, with and without the slash, slashes folded, no redirects.
                post("envelope", "/api/42/envelope/", AUTH, ENVELOPE, 200, ID),
                post("envelope without slash", "/api/42/envelope", AUTH, ENVELOPE, 200, ID),
                post("v1", "/api/v1/42/envelope/", AUTH, ENVELOPE, 200, ID),
                post("v1 without slash", "/api/v1/42/envelope", AUTH, ENVELOPE, 200, ID),
                post("double slashes", "//api//42//envelope//", AUTH, ENVELOPE, 200, ID),
                post("store", "/api/42/store/", AUTH, "{\"event_id\":\"%s\"}".formatted(ID), 200, ID),
                post("store without slash", "/api/42/store", AUTH, "{\"event_id\":\"%s\"}".formatted(ID), 200, ID),
                post("store of v1", "/api/v1/42/store/", AUTH, "{\"event_id\":\"%s\"}".formatted(ID), 200, ID),
                post("store without an id gets one", "/api/42/store/", AUTH, "{\"message\":\"x\"}", 200, "\"id\""),
                post("project id no number", "/api/abc/envelope/", AUTH, ENVELOPE, 400, "bad project path parameter"),
                post("project id zero", "/api/0/envelope/", AUTH, ENVELOPE, 400, "bad project path parameter"),
                post("project id too long", "/api/99999999999999999999/envelope/", AUTH, ENVELOPE, 400, "bad project"),
                raw("GET is not allowed", "GET /api/42/envelope/ HTTP/1.1", AUTH, "", 405, "method not allowed"),
                raw("PUT is not allowed", "PUT /api/42/envelope/ HTTP/1.1", AUTH, "", 405, "Allow: POST"),
                raw(
                        "preflight",
                        "OPTIONS /api/42/envelope/ HTTP/1.1",
                        "Origin: null",
                        "",
                        200,
                        "Access-Control-Max-Age: 3600"),
                // Credentials (1.3).
                post("by query", "/api/42/envelope/?sentry_key=" + KEY, "", ENVELOPE, 200, ID),
                post(
                        "by query, with version",
                        "/api/42/envelope/?sentry_version=7&sentry_key=" + KEY,
                        "",
                        ENVELOPE,
                        200,
                        ID),
                post(
                        "by Authorization",
                        "/api/42/envelope/",
                        "Authorization: Sentry sentry_key=" + KEY,
                        ENVELOPE,
                        200,
                        ID),
                post(
                        "another Authorization beside ours",
                        "/api/42/envelope/",
                        AUTH + "\r\nAuthorization: Bearer x",
                        ENVELOPE,
                        200,
                        ID),
                post("by DSN in the envelope", "/api/42/envelope/", "", dsn(KEY, 42), 200, "{}"),
                post("by DSN, envelope of v1", "/api/v1/42/envelope", "", dsn(KEY, 42), 200, "{}"),
                post("key with flags", "/api/42/envelope/?sentry_key=" + KEY + ".no-cache", "", ENVELOPE, 200, ID),
                post("several that agree", "/api/42/envelope/?sentry_key=" + KEY, AUTH, ENVELOPE, 200, ID),
                post(
                        "several that disagree",
                        "/api/42/envelope/?sentry_key=" + OTHER_KEY,
                        AUTH,
                        ENVELOPE,
                        401,
                        "multiple"),
                post("a query without key is none", "/api/42/envelope/?sentry_release=1", AUTH, ENVELOPE, 200, ID),
                post("none", "/api/42/envelope/", "", ENVELOPE, 401, "missing authorization information"),
                post("none, and no envelope", "/api/42/envelope/", "", "rubbish", 401, "missing authorization"),
                post("none for store", "/api/42/store/", "", "{}", 401, "missing authorization information"),
                post(
                        "no key in the header",
                        "/api/42/envelope/",
                        "X-Sentry-Auth: Sentry sentry_version=7",
                        ENVELOPE,
                        401,
                        "sentry_key: missing"),
                post("short key", "/api/42/envelope/?sentry_key=abc", "", ENVELOPE, 401, "sentry_key: 3 characters"),
                post(
                        "version too new",
                        "/api/42/envelope/?sentry_version=8&sentry_key=" + KEY,
                        "",
                        ENVELOPE,
                        400,
                        "unsupported protocol version"),
                post(
                        "unknown key",
                        "/api/42/envelope/?sentry_key=" + OTHER_KEY,
                        "",
                        ENVELOPE,
                        403,
                        "does not belong to project 42"),
                post("unknown project", "/api/43/envelope/", AUTH, ENVELOPE, 403, "there is no project 43"),
                post(
                        "disabled key",
                        "/api/42/envelope/?sentry_key=" + DISABLED_KEY,
                        "",
                        ENVELOPE,
                        403,
                        "the key is disabled"),
                post("disabled project", "/api/44/envelope/", AUTH, ENVELOPE, 403, "project 44 is disabled"),
                post("unknown key by DSN", "/api/42/envelope/", "", dsn(OTHER_KEY, 42), 403, "does not belong"),
                post("DSN of another project", "/api/42/envelope/", AUTH, dsn(KEY, 99), 400, "for project 99"),
                post("DSN of another key", "/api/42/envelope/", AUTH, dsn(OTHER_KEY, 42), 400, "another key"),
                post("same DSN on another host", "/api/42/envelope/", AUTH, dsn(KEY, 42), 200, "{}"),
                // The first line (2.2), and nothing behind it.
                post("empty body", "/api/42/envelope/", AUTH, "", 400, "empty request body"),
                post("header only", "/api/42/envelope/", AUTH, "{\"event_id\":\"%s\"}".formatted(ID), 200, ID),
                post("empty header", "/api/42/envelope/", AUTH, "{}\n", 200, "{}"),
                post(
                        "event behind a session gets an id",
                        "/api/42/envelope/",
                        AUTH,
                        "{}\n{\"type\":\"session\"}\n{}\n{\"type\":\"event\"}\n{}",
                        200,
                        "{\"id\":\""),
                post(
                        "empty line before an event",
                        "/api/42/envelope/",
                        AUTH,
                        "{}\n\n{\"type\":\"event\"}\n{}",
                        200,
                        "{\"id\":\""),
                post("session needs no id", "/api/42/envelope/", AUTH, "{}\n{\"type\":\"session\"}\n{}", 200, "{}"),
                post(
                        "event without id gets one",
                        "/api/42/envelope/",
                        AUTH,
                        "{}\n{\"type\":\"event\"}\n{}",
                        200,
                        "\"id\""),
                post(
                        "dashed id",
                        "/api/42/envelope/",
                        AUTH,
                        "{\"event_id\":\"9EC79C33-EC99-42AB-8353-589FCB2E04DC\"}",
                        200,
                        ID),
                post("header an array", "/api/42/envelope/", AUTH, "[]\n", 400, "invalid event envelope"),
                post("header no JSON", "/api/42/envelope/", AUTH, "rubbish\n", 400, "invalid event envelope"),
                post("bad event id", "/api/42/envelope/", AUTH, "{\"event_id\":\"x\"}\n", 400, "event_id"),
                post("broken framing behind is the processor's", "/api/42/envelope/", AUTH, "{}\nrubbish", 200, "{}"),
                post(
                        "malformed JSON in an item is the processor's",
                        "/api/42/envelope/",
                        AUTH,
                        "{}\n{\"type\":\"session\"}\nx",
                        200,
                        "{}"),
                // Content type and encoding (1.4, 4).
                post(
                        "form content type",
                        "/api/42/envelope/",
                        AUTH + "\r\nContent-Type: application/x-www-form-urlencoded",
                        ENVELOPE,
                        200,
                        ID),
                post(
                        "multipart content type",
                        "/api/42/envelope/",
                        AUTH + "\r\nContent-Type: multipart/form-data; boundary=x",
                        ENVELOPE,
                        200,
                        ID),
                post(
                        "text/plain",
                        "/api/42/envelope/",
                        AUTH + "\r\nContent-Type: text/plain;charset=UTF-8",
                        ENVELOPE,
                        200,
                        ID),
                post("empty encoding", "/api/42/envelope/", AUTH + "\r\nContent-Encoding: ", ENVELOPE, 200, ID),
                post("encoding utf-8", "/api/42/envelope/", AUTH + "\r\nContent-Encoding: UTF-8", ENVELOPE, 200, ID),
                post(
                        "unknown encoding",
                        "/api/42/envelope/",
                        AUTH + "\r\nContent-Encoding: lzma",
                        ENVELOPE,
                        415,
                        "Accept-Encoding: identity, gzip, deflate, br, zstd"),
                post(
                        "gzip that is none",
                        "/api/42/envelope/",
                        AUTH + "\r\nContent-Encoding: gzip",
                        ENVELOPE,
                        400,
                        "not valid gzip"),
                post("gzip", "/api/42/envelope/", AUTH + "\r\nContent-Encoding: gzip", gzip(ENVELOPE), 200, ID),
                post(
                        "x-gzip in capitals",
                        "/api/42/envelope/",
                        AUTH + "\r\nContent-Encoding: X-GZIP",
                        gzip(ENVELOPE),
                        200,
                        ID),
                // Size.
                post("the largest body", "/api/42/envelope/", AUTH, "{}\n" + "x".repeat(MAX_BODY - 3), 200, "{}"),
                post(
                        "one byte more",
                        "/api/42/envelope/",
                        AUTH,
                        "{}\n" + "x".repeat(MAX_BODY - 2),
                        413,
                        "larger than 100000 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void cases(String rule, String requestLine, String headers, String body, int status, String expected)
            throws Exception {
        String answer = send(requestLine, headers, body);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(expected);
        assertThat(answer).contains("Access-Control-Allow-Origin: *").doesNotContain("Content-Encoding:");
        if (status == 200 && !requestLine.startsWith("OPTIONS")) {
            assertThat(COLLECTED.envelopes.poll(5, TimeUnit.SECONDS).body()).isEqualTo(body.getBytes(ISO_8859_1));
        }
        assertThat(COLLECTED.envelopes).as("nothing else is kept").isEmpty();
    }

    @Test
    void aChunkedBodyIsReadWhole() throws Exception {
        String answer = exchange(
                "POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\n%s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
                        .formatted(AUTH, ENVELOPE.substring(0, 5), ENVELOPE.length() - 5, ENVELOPE.substring(5)));

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(COLLECTED.envelopes.poll().body()).isEqualTo(ENVELOPE.getBytes(UTF_8));
    }

    @Test
    void aChunkedBodyThatGrowsTooLargeIsRefused() throws Exception {
        String chunk = "x".repeat(MAX_BODY + 1);
        String answer = exchange(
                "POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\n%s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                        .formatted(AUTH, chunk.length(), chunk));

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void aSenderThatLeavesAfterItsLastByteIsHeardAllTheSame() throws Exception {
        try (var socket = new Socket("127.0.0.1", gateway.getWebServer().getPort())) {
            socket.getOutputStream()
                    .write(request("POST /api/42/envelope/ HTTP/1.1", AUTH, ENVELOPE)
                            .getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        }

        assertThat(COLLECTED.envelopes.poll(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void theReceiptHoldsWhatTheRequestSaid() throws Exception {
        send(
                "POST /api/42/envelope/ HTTP/1.1",
                AUTH + "\r\nUser-Agent: agent/1\r\nOrigin: https://shop.example\r\nX-Forwarded-For: 10.9.8.7, 10.0.0.1"
                        + "\r\nContent-Type: text/plain",
                ENVELOPE);

        RawEnvelope.Receipt receipt = COLLECTED.envelopes.poll().receipt();
        assertThat(receipt.projectId().value()).isEqualTo(42);
        assertThat(receipt.publicKey().value()).isEqualTo(KEY);
        assertThat(receipt.client()).isEqualTo("t/1");
        assertThat(receipt.userAgent()).isEqualTo("agent/1");
        assertThat(receipt.origin()).isEqualTo("https://shop.example");
        assertThat(receipt.remoteAddress()).isEqualTo("10.9.8.7");
        assertThat(receipt.contentType()).isEqualTo("text/plain");
        assertThat(receipt.eventId()).hasToString(ID);
    }

    @Test
    void whatIsNotKeptIsNeverSaidToBe() throws Exception {
        COLLECTED.answer = new EnvelopePublisher.Publication.Unavailable("no broker");

        assertThat(send("POST /api/42/envelope/ HTTP/1.1", AUTH, ENVELOPE))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 5")
                .contains("no broker");
    }

    @Test
    void aGatewayThatDoesNotKnowItsProjectsYetRefusesNobodyForGood() throws Exception {
        COLLECTED.complete = false;

        assertThat(send("POST /api/42/envelope/ HTTP/1.1", AUTH, ENVELOPE))
                .startsWith("HTTP/1.1 503 ")
                .contains("does not know all projects yet");
    }

    private static Arguments post(String rule, String path, String headers, String body, int status, String expected) {
        return Arguments.of(rule, "POST " + path + " HTTP/1.1", headers, body, status, expected);
    }

    private static Arguments raw(String rule, String line, String headers, String body, int status, String expected) {
        return Arguments.of(rule, line, headers, body, status, expected);
    }

    private static String dsn(String key, long project) {
        return "{\"dsn\":\"https://%s@elsewhere.example/%d\"}\n".formatted(key, project);
    }

    private static String gzip(String text) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString(ISO_8859_1);
    }

    private static String send(String line, String headers, String body) throws IOException {
        return exchange(request(line, headers, body));
    }

    private static String request(String line, String headers, String body) {
        return "%s\r\nHost: x\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(line, headers.isEmpty() ? "" : headers + "\r\n", body.length(), body);
    }

    private static String exchange(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.getWebServer().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** Keeps envelopes in memory, and knows three projects. */
    private static final class Collected implements EnvelopePublisher, ProjectDirectory {
        private final BlockingQueue<RawEnvelope> envelopes = new LinkedBlockingQueue<>();
        private volatile Publication answer = new Publication.Kept();
        private volatile boolean complete = true;

        @Override
        public CompletableFuture<Publication> publish(RawEnvelope envelope) {
            if (answer instanceof Publication.Kept) {
                envelopes.add(envelope);
            }
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public Optional<ProjectConfig> find(ProjectId id) {
            var keys = List.of(
                    new ProjectConfig.Key(new PublicKey(KEY), true, List.of()),
                    new ProjectConfig.Key(new PublicKey(DISABLED_KEY), false, List.of()));
            return Optional.ofNullable(Map.of(
                            42L, new ProjectConfig(new ProjectId(42), 1, "shop", true, keys, List.of("*"), List.of()),
                            44L,
                                    new ProjectConfig(
                                            new ProjectId(44), 1, "closed", false, keys, List.of("*"), List.of()))
                    .get(id.value()));
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Gateway {
        @Bean
        FilterRegistrationBean<IngestFilter> ingestFilter() {
            var endpoint = new EnvelopeEndpoint(
                    COLLECTED, COLLECTED, new BytesInFlight(10_000_000), MAX_BODY, Clock.systemUTC());
            return new FilterRegistrationBean<>(new IngestFilter(endpoint));
        }
    }
}
