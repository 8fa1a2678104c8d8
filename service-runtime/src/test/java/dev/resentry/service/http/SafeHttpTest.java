package dev.resentry.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.resentry.service.http.SafeHttp.Answer;
import dev.resentry.service.http.SafeHttp.Limits;
import dev.resentry.service.http.SafeHttp.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to URLs of other people: they go where they may, and end. */
class SafeHttpTest {
    private static final TargetRules STRICT = new TargetRules(false, List.of());
    private static final TargetRules LOOPBACK = new TargetRules(false, List.of(Network.parse("127.0.0.1")));
    private static final Limits SHORT = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        port = server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRequestArrivesAsItWasMade() throws IOException {
        var seen = new AtomicReference<String>();
        server.createContext("/hook", exchange -> {
            seen.set(exchange.getRequestMethod()
                    + " " + exchange.getRequestURI()
                    + " " + exchange.getRequestHeaders().getFirst("Host")
                    + " " + exchange.getRequestHeaders().getFirst("X-Sign")
                    + " " + exchange.getRequestHeaders().getFirst("Content-Type")
                    + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(503, 3);
            exchange.getResponseBody().write("no!".getBytes(UTF_8));
            exchange.close();
        });
        try (var http = named(LOOPBACK, "127.0.0.1")) {
            Answer answer = http.send(new Request(
                    "POST",
                    URI.create("http://hooks.example:%d/hook?a=b%%20c".formatted(port)),
                    Map.of("X-Sign", "s", "Content-Type", "application/json"),
                    "{\"a\":\"ü\"}"));

            assertThat(seen.get())
                    .isEqualTo("POST /hook?a=b%%20c hooks.example:%d s application/json {\"a\":\"ü\"}".formatted(port));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).contains("7");
            assertThat(answer.body()).isEqualTo("no!");
        }
    }

    /** The name answers with a public address first and with a private one then: what was checked is what is connected to. */
    @Test
    void aNameIsLookedUpOnceAndTheConnectionGoesWhereTheCheckWas() throws IOException {
        serveHello();
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.2"));
        var rules = new TargetRules(false, List.of(Network.parse("127.0.0.1")));
        try (var http = new SafeHttp(rules, _ -> addresses(answers.remove()), SHORT)) {
            assertThat(http.send(get("http://rebinding.example:%d/".formatted(port)))
                            .status())
                    .isEqualTo(200);
            assertThat(answers).as("looked up once").hasSize(1);
            assertThatThrownBy(() -> http.send(get("http://rebinding.example:%d/".formatted(port))))
                    .as("the next request asks again, and is not let through by the last one")
                    .isInstanceOf(RefusedTargetException.class)
                    .hasMessageContaining("127.0.0.2");
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void aNameWithOneClosedAddressIsClosed() throws IOException {
        serveHello();
        try (var http = named(LOOPBACK, "127.0.0.1", "10.0.0.1")) {
            assertThatThrownBy(() -> http.send(get("http://both.example:%d/".formatted(port))))
                    .isInstanceOf(RefusedTargetException.class)
                    .hasMessageContaining("both.example", "10.0.0.1");
        }
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[0:0:0:0:0:0:0:1]:%d/",
                "http://[64:ff9b::7f00:1]:%d/",
                "http://[2002:7f00:1::]:%d/",
                "http://2130706433:%d/",
                "http://0x7f000001:%d/",
                "http://0x7f.0.0.1:%d/",
                "http://0177.0.0.1:%d/",
                "http://127.1:%d/",
                "http://127.0.0.1.:%d/",
                "http://0:%d/",
                "http://0.0.0.0:%d/",
                "http://[::]:%d/",
                "http://user@127.0.0.1:%d/",
                "http://169.254.169.254:%d/latest"
            })
    void noSpellingOfThisMachineIsReached(String url) throws IOException {
        serveHello();
        try (var http = SafeHttp.standard(STRICT)) {
            assertThatThrownBy(() -> http.send(get(url.formatted(port)))).isInstanceOf(RefusedTargetException.class);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws IOException {
        server.createContext("/moved", exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:%d/".formatted(port));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        try (var http = named(LOOPBACK, "127.0.0.1")) {
            assertThat(http.send(get("http://a.example:%d/moved".formatted(port)))
                            .status())
                    .isEqualTo(302);
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void whoAnswersByDropsIsCutOff() throws IOException {
        var done = new CountDownLatch(1);
        server.createContext("/drops", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!done.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                exchange.close();
            }
        });
        try (var http = named(LOOPBACK, "127.0.0.1")) {
            assertThatThrownBy(() -> http.send(get("http://a.example:%d/drops".formatted(port))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no whole answer within 1 s");
        } finally {
            done.countDown();
        }
    }

    @Test
    void whoDoesNotAnswerIsCutOff() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var http = named(LOOPBACK, "127.0.0.1")) {
            assertThatThrownBy(() -> http.send(get("http://a.example:%d/".formatted(silent.getLocalPort()))))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(RefusedTargetException.class);
        }
    }

    @Test
    void ofALongAnswerTheBeginningIsRead() throws IOException {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                byte[] much = new byte[1024 * 1024];
                for (int i = 0; i < 64; i++) {
                    body.write(much);
                }
            } catch (IOException _) {
                // The other side has had enough.
            }
        });
        try (var http = named(LOOPBACK, "127.0.0.1")) {
            SafeHttp.Answer answer = http.send(get("http://a.example:%d/".formatted(port)));

            assertThat(answer.body()).hasSize(SafeHttp.MAX_ANSWER);
            assertThat(answer.cut()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "file:///etc/passwd",
                "/relative",
                "http:///path",
                "http://a b/",
                "https://me:pw@example.com/",
                "https://example.com:65536/",
                "x"
            })
    void whatIsNoUrlOfTheWebIsRefused(String url) {
        assertThatThrownBy(() -> SafeHttp.url(url)).isInstanceOf(RefusedTargetException.class);
    }

    private void serveHello() {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
    }

    private static SafeHttp named(TargetRules rules, String... addresses) {
        return new SafeHttp(rules, _ -> addresses(addresses), SHORT);
    }

    private static InetAddress[] addresses(String... texts) throws UnknownHostException {
        var addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = InetAddress.getByName(texts[i]);
        }
        return addresses;
    }

    private static Request get(String url) {
        return new Request("GET", URI.create(url), Map.of(), "");
    }
}
