package dev.resentry.processor.uptime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.resentry.model.uptime.ExpectedStatus;
import dev.resentry.service.http.Network;
import dev.resentry.service.http.TargetRules;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a check says of servers of all kinds. */
class UptimeProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-18T12:00:00.123456789Z");
    private static final TargetRules LOOPBACK = new TargetRules(false, List.of(Network.parse("127.0.0.1")));

    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        base = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
        answer("/ok", 200, "all is well");
        answer("/broken", 503, "oops");
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/hangs", exchange -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
    }

    private void answer(String path, int status, String text) {
        server.createContext(path, exchange -> {
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, isHead ? -1 : text.length());
            if (!isHead) {
                exchange.getResponseBody().write(text.getBytes(UTF_8));
            }
            exchange.close();
        });
    }

    @Test
    void anAnswerAsExpectedIsWell() throws IOException {
        UptimeResult result = probe(check("/ok", "200-299", "is well"));

        assertThat(result.ok()).isTrue();
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.error()).isNull();
        assertThat(result.location()).isEqualTo("here");
        assertThat(result.at()).isEqualTo(Instant.parse("2026-11-18T12:00:00.123456Z"));
        assertThat(probe(new UptimeCheckSettings(
                                "n", base + "/ok", "HEAD", 5, 2, ExpectedStatus.parse("200"), null, null, 2, true))
                        .ok())
                .isTrue();
    }

    @Test
    void anotherStatusOrAnotherTextIsAFailure() throws IOException {
        assertThat(probe(check("/broken", "200-299", null)).error()).isEqualTo("503 (expected 200-299)");
        assertThat(probe(check("/broken", "200,503", null)).ok()).isTrue();
        assertThat(probe(check("/ok", "200-299", "Checkout")).error()).isEqualTo("200, without the expected text");
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws IOException {
        assertThat(probe(check("/moved", "200-299", null)).error()).isEqualTo("302 (expected 200-299)");
        assertThat(probe(check("/moved", "200-299,302", null)).ok()).isTrue();
    }

    @Test
    void aServerThatHangsHasItsTime() throws IOException {
        UptimeResult result = probe(check("/hangs", "200-299", null));

        assertThat(result.error()).isEqualTo("no whole answer within 1 s");
        assertThat(result.status()).isNull();
    }

    @Test
    void aConnectionThatIsResetOrRefusedIsAFailure() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (var connection = socket.accept()) {
                    connection.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            UptimeResult reset =
                    probe(checkOf("http://127.0.0.1:%d/".formatted(socket.getLocalPort()), "200-299", null));
            assertThat(reset.ok()).isFalse();
            assertThat(reset.error()).isNotBlank();
        }
        server.stop(0);
        assertThat(probe(check("/ok", "200-299", null)).error()).containsIgnoringCase("refused");
    }

    @Test
    void noRequestIsMadeToWhereNoneMayGo() throws IOException {
        try (var probe = new UptimeProbe(new TargetRules(false, List.of()), "here", InstantSource.fixed(NOW))) {
            assertThat(probe.probe(check("/ok", "200-299", null)).error())
                    .startsWith("refused: ")
                    .contains("127.0.0.1 is an address of this machine");
            assertThat(probe.probe(checkOf("http://169.254.169.254/latest/meta-data", "200", null))
                            .error())
                    .startsWith("refused: ");
            assertThat(probe.probe(checkOf("file:///etc/passwd", "200", null)).error())
                    .startsWith("refused: ");
        }
    }

    private static UptimeResult probe(UptimeCheckSettings check) throws IOException {
        try (var probe = new UptimeProbe(LOOPBACK, "here", InstantSource.fixed(NOW))) {
            return probe.probe(check);
        }
    }

    private UptimeCheckSettings check(String path, String status, @Nullable String text) {
        return checkOf(base + path, status, text);
    }

    private static UptimeCheckSettings checkOf(String url, String status, @Nullable String text) {
        return new UptimeCheckSettings("n", url, "GET", 5, 1, ExpectedStatus.parse(status), text, null, 2, true);
    }
}
