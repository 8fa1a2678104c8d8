package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.resentry.gateway.metrics.RejectionLog;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The log line of a rejected request. */
@Timeout(30)
class RejectionLogTest {
    private static final String ENVELOPE = "{}\n{\"type\":\"event\"}\n{}\n";
    private static final String SECRET = "5ec4e7".repeat(5) + "ab";

    private static final String REPORT = "{\"message\":\"m\"}";

    private static final OneProject PROJECT = new OneProject();
    private static final GatewayUnderTest GATEWAY = GatewayUnderTest.with(PROJECT, PROJECT, 100_000);

    private final Logger logger = (Logger) LoggerFactory.getLogger(RejectionLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void logsOneLineForEachRejectedRequestOnly() throws Exception {
        assertThat(send("/api/42/envelope/", "X-Sentry-Auth: Sentry sentry_key=" + OneProject.KEY.value(), ENVELOPE))
                .isEqualTo("200");
        assertThat(lines.list).isEmpty();

        assertThat(send("/api/42/envelope/", "X-Sentry-Auth: Sentry sentry_key=" + OneProject.KEY.value(), ""))
                .isEqualTo("400");
        assertThat(send("/api/42/envelope/", "X-Sentry-Auth: Sentry sentry_key=" + SECRET, ENVELOPE))
                .isEqualTo("403");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Refused a request", "Refused a request");
        assertThat(fields(lines.list.get(0)))
                .containsEntry("route", "envelope")
                .containsEntry("status", "400")
                .containsEntry("reason", "no_data")
                .containsEntry("path", "/api/42/envelope/")
                .containsEntry("remoteAddress", "127.0.0.1");
        assertThat(fields(lines.list.get(1))).containsEntry("status", "403");
    }

    @Test
    void logsNoSecrets() throws Exception {
        List<String> refused = List.of(
                send("/api/42/envelope/?sentry_key=" + SECRET, "X-Other: x", ENVELOPE),
                send("/api/42/envelope/?sentry_version=7&sentry_key=" + OneProject.KEY.value() + "x", "X: x", ENVELOPE),
                send("/api/42/envelope/", "Authorization: Bearer " + SECRET, ENVELOPE),
                send("/api/42/envelope/", "Authorization: Sentry sentry_key=" + SECRET, ENVELOPE),
                send(
                        "/api/42/envelope/",
                        "X-Sentry-Auth: Sentry sentry_key=%s, sentry_secret=%s".formatted(SECRET, SECRET),
                        ENVELOPE),
                send("/api/42/envelope/", "Cookie: session=" + SECRET, ENVELOPE),
                send(
                        "/api/42/envelope/",
                        "X: x",
                        "{\"dsn\":\"http://%s@localhost/42\"}\n{\"type\":\"event\"}\n{}\n".formatted(SECRET)),
                send("/api/42/unreal/%s/".formatted(SECRET), "X: x", ENVELOPE),
                send("/api/42/cron/nightly/%s/".formatted(SECRET), "X: x", ""),
                send("/api/events/ingest/token/" + SECRET, "X: x", "{}"),
                send("/api/sessions/ingest/token/" + SECRET, "X: x", "{\"session_id\":\"1\",\"status\":\"ok\"}"),
                send("/api/42/security/?sentry_key=" + SECRET, "Content-Type: application/csp-report", "{}"));

        assertThat(refused).allMatch(status -> status.startsWith("4"));
        assertThat(lines.list)
                .hasSameSizeAs(refused)
                .allSatisfy(line -> assertThat(line.getFormattedMessage() + fields(line))
                        .doesNotContain(SECRET)
                        .doesNotContain(OneProject.KEY.value())
                        .doesNotContain("sentry_key="));
    }

    @Test
    void logsARequestWhoseHeadersNeverComplete() throws Exception {
        try (var wire = new Wire(GATEWAY.port())) {
            assertThat(wire.say("POST /api/42/").response().status()).isEqualTo(408);
        }

        // It is written once the answer is on its way.
        await().untilAsserted(() -> assertThat(lines.list).hasSize(1));
        assertThat(fields(lines.list.getFirst()))
                .containsEntry("route", "none")
                .containsEntry("status", "408")
                .containsEntry("reason", "timeout")
                .containsEntry("path", "")
                .containsEntry("remoteAddress", "127.0.0.1");
    }

    @Test
    void logsNoKeysInAnyForm() throws Exception {
        String secret = "no-hex~%73ecret zz".replace(' ', '+');
        List<String> refused = List.of(
                send("/api/42/unreal/%s/".formatted(secret), "X: x", ENVELOPE),
                send("/api//v1/42/unreal/%s//".formatted(secret), "X: x", ENVELOPE),
                send("/api/42/cron/nightly/%s/".formatted(secret), "X: x", ""),
                send("/api/events/ingest/token/" + secret, "X: x", REPORT),
                send(
                        "/api/sessions/ingest/token/" + secret,
                        "X: x",
                        "{\"session_id\":\"s\",\"status\":\"ok\",\"release\":\"1\"}"),
                send("/api/v1/events", "X: x", "{\"project_key\":\"%s\",\"message\":\"m\"}".formatted(secret)));

        assertThat(refused).allMatch(status -> status.startsWith("4"));
        assertThat(lines.list)
                .hasSameSizeAs(refused)
                .allSatisfy(line -> assertThat(fields(line))
                        .allSatisfy((_, value) ->
                                assertThat(value).doesNotContain("secret").doesNotContain("73ecret")));
    }

    @Test
    void logsOnlySchemeHostAndPortOfAForbiddenOrigin() throws Exception {
        try (var scene = new IngestScene()) {
            for (String page : List.of(
                    "Referer: https://evil.example:8443/reset?token=%s#%s",
                    "Origin: https://user:%s@evil.example:8443?%s", "Origin: https://%s@evil.example:8443\\%s")) {
                String auth = "X-Sentry-Auth: Sentry sentry_key=%s\r\n".formatted(ConformanceProjects.PAGES_KEY);
                String response = whole(
                        scene.gateway().port(), "/api/45/envelope/", auth + page.formatted(SECRET, SECRET), ENVELOPE);
                assertThat(response)
                        .startsWith("HTTP/1.1 403")
                        .doesNotContain(SECRET)
                        .contains("from https://evil.example:8443\"");
            }
        }
        assertThat(lines.list)
                .hasSize(3)
                .allSatisfy(line -> assertThat(fields(line).get("cause")).endsWith("from https://evil.example:8443"));
    }

    @Test
    void escapesQuotesThatWouldForgeFields() throws Exception {
        assertThat(send("/api/1\"status=\"200\\/envelope/", "X: x", ENVELOPE)).startsWith("4");

        assertThat(lines.list).hasSize(1);
        assertThat(fields(lines.list.getFirst())).containsEntry("path", "/api/1\\\"status=\\\"200\\\\/envelope/");
    }

    @Test
    void escapesControlCharactersOfTerminals() throws Exception {
        assertThat(send("/api/1\u0085x\u009b31m\u00ad/envelope/", "X: x", ENVELOPE))
                .startsWith("4");

        assertThat(lines.list).hasSize(1);
        assertThat(fields(lines.list.getFirst())).containsEntry("path", "/api/1\\u0085x\\u009b31m\\u00ad/envelope/");
    }

    @Test
    void logsTheSenderBehindATrustedProxy() throws Exception {
        assertThat(send("/api/42/envelope/", "X-Forwarded-For: 203.0.113.7", ""))
                .startsWith("4");

        assertThat(fields(lines.list.getFirst())).containsEntry("remoteAddress", "203.0.113.7");
    }

    @Test
    void escapesLineBreaksOfSenders() throws Exception {
        assertThat(send("/api/a\u0001b\u007fc/envelope/", "X: x", ENVELOPE)).startsWith("4");

        assertThat(lines.list).hasSize(1);
        assertThat(fields(lines.list.getFirst()).values()).noneMatch(text -> text.matches("(?s).*\\p{Cntrl}.*"));
    }

    private static Map<String, String> fields(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }

    /** The status of the answer. */
    private static String send(String target, String header, String body) throws IOException {
        return whole(GATEWAY.port(), target, header, body).substring(9, 12);
    }

    private static String whole(int port, String target, String header, String body) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(target, header, body.length(), body);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
