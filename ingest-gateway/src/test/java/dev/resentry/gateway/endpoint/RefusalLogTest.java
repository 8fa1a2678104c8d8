package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.resentry.gateway.metrics.RefusalLog;
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

/** What operators read of requests that were refused. */
@Timeout(30)
class RefusalLogTest {
    private static final String ENVELOPE = "{}\n{\"type\":\"event\"}\n{}\n";
    private static final String SECRET = "5ec4e7".repeat(5) + "ab";

    private static final OneProject PROJECT = new OneProject();
    private static final GatewayUnderTest GATEWAY = GatewayUnderTest.with(PROJECT, PROJECT, 100_000);

    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
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
    void hasALineForEachRefusedRequestAndNoneForOthers() throws Exception {
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
    void tellsNoSecrets() throws Exception {
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
    void hasALineForHeadersThatNeverComeWhole() throws Exception {
        try (var wire = new Wire(GATEWAY.port())) {
            assertThat(wire.say("POST /api/42/").answer().status()).isEqualTo(408);
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
    void keepsSendersFromWritingLines() throws Exception {
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
        try (var socket = new Socket("127.0.0.1", GATEWAY.port())) {
            socket.setSoTimeout(10_000);
            String request = "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(target, header, body.length(), body);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return answer.substring(9, 12);
        }
    }
}
