package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.Rule.AUTH;
import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static dev.resentry.gateway.endpoint.Rule.ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ingest and operations requests on one connection: all are answered, one after the other, in order. */
@Timeout(30)
class FallbackConformanceTest {
    private static final OneProject PROJECT = new OneProject();
    private static final SlowCheck CHECK = new SlowCheck();
    private static final GatewayUnderTest GATEWAY =
            GatewayUnderTest.with(PROJECT, PROJECT, 100_000, List.of(CHECK), (_, _, _, _, _) -> {});
    private static final String WHOLE =
            "POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: %s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(AUTH, ENVELOPE.length(), ENVELOPE);
    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LIVE = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String NOWHERE = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n";

    private Wire wire;

    /** Says what a test tells it to, when it tells it to. */
    private static final class SlowCheck implements HealthCheck {
        private volatile CompletableFuture<CheckResult> result = new CompletableFuture<>();

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public CheckResult check() {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void connect() throws IOException {
        CHECK.result = new CompletableFuture<>();
        wire = new Wire(GATEWAY.port());
    }

    @AfterEach
    void nothingIsHeld() throws IOException {
        CHECK.result.complete(new CheckResult.Ok());
        wire.close();
        await().untilAsserted(() -> {
            assertThat(GATEWAY.openConnections()).isZero();
            assertThat(GATEWAY.bytesHeld()).isZero();
        });
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
        assertThat(GATEWAY.failures()).as("faults of the gateway's own").isZero();
    }

    @Test
    void aRequestBehindASlowCheckIsAnsweredAfterIt() throws Exception {
        wire.say(READY + WHOLE + LIVE + READY + NOWHERE + WHOLE);
        answeredInTheMeantime();
        CHECK.result.complete(new CheckResult.Ok());

        assertThat(wire.response().text()).contains("\"slow\"");
        assertThat(wire.response().text()).contains(ID);
        assertThat(wire.response().text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(wire.response().text()).contains("\"slow\"");
        assertThat(wire.response().status()).isEqualTo(404);
        assertThat(wire.response().text()).contains(ID);
        assertThat(wire.say(WHOLE).response().text()).contains(ID);
    }

    @Test
    void aConnectionHalfClosedDuringASlowCheckGetsAllItsResponses() throws Exception {
        wire.say(READY + WHOLE + READY + LIVE).sayNothingMore();
        answeredInTheMeantime();
        CHECK.result.complete(new CheckResult.Ok());

        assertThat(wire.response().text()).contains("\"slow\"");
        assertThat(wire.response().text()).contains(ID);
        assertThat(wire.response().text()).contains("\"slow\"");
        assertThat(wire.response().text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aBrokenRequestBehindASlowCheckIsRejectedAfterIt() throws Exception {
        wire.say(READY + WHOLE.substring(0, WHOLE.length() - 1)).sayNothingMore();
        answeredInTheMeantime();
        CHECK.result.complete(new CheckResult.Ok());

        assertThat(wire.response().text()).contains("\"slow\"");
        WireResponse rejection = wire.response();
        assertThat(rejection.status()).isEqualTo(400);
        assertThat(rejection.text()).contains("it breaks off");
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aCheckThatThrowsIsAnswered() throws Exception {
        CHECK.result.completeExceptionally(new IllegalStateException("broken"));
        wire.say(READY + LIVE);

        assertThat(wire.response().status()).isEqualTo(503);
        assertThat(wire.response().status()).isEqualTo(200);
    }

    @Test
    void aBodyWithABrokenChunkIsNotTakenAsComplete() throws Exception {
        wire.say("POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nxyz\r\n");

        assertThat(wire.ends()).as("without an answer").isTrue();
    }

    @Test
    void http10GetsAKeepAliveHeaderIfTheConnectionStaysOpen() throws Exception {
        String old = LIVE.replace("HTTP/1.1\r\n", "HTTP/1.0\r\nConnection: keep-alive\r\n");

        assertThat(wire.say(old).response().header("connection")).isEqualTo("keep-alive");
        assertThat(wire.say(old).response().status()).isEqualTo(200);
    }

    @Test
    void responsesWithoutABodyAreCorrectAfterAContinuedBody() throws Exception {
        wire.say(WHOLE.substring(0, WHOLE.indexOf("\r\n\r\n")) + "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(wire.response().status()).isEqualTo(100);

        wire.say(ENVELOPE + LIVE.replace("GET", "HEAD") + LIVE);

        assertThat(wire.response().text()).contains(ID);
        assertThat(wire.answerWithoutBody().status()).isEqualTo(200);
        assertThat(wire.response().text()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aConnectionIsNotReadWhileItsOperationsResponsesAreNotRead() throws Exception {
        // Far more than both sides' sockets hold.
        int enough = 40 * 1024 * 1024;
        wire.close();
        try (var deaf = SocketChannel.open(new InetSocketAddress("127.0.0.1", GATEWAY.port()))) {
            deaf.configureBlocking(false);
            String request = "GET /metrics?%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted("x".repeat(4000));
            var requests = ByteBuffer.wrap(request.repeat(100).getBytes(UTF_8));
            var said = new AtomicLong();
            var quietSince = new AtomicLong(System.nanoTime());
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        try {
                            for (int count = 1; count > 0 && said.get() < enough; ) {
                                if (!requests.hasRemaining()) {
                                    requests.rewind();
                                }
                                count = deaf.write(requests);
                                said.addAndGet(count);
                                quietSince.accumulateAndGet(count > 0 ? System.nanoTime() : 0, Math::max);
                            }
                        } catch (IOException _) {
                            // The gateway closed the connection, as no response was taken for long.
                            return true;
                        }
                        return said.get() >= enough
                                || System.nanoTime() - quietSince.get()
                                        > Duration.ofSeconds(2).toNanos();
                    });

            assertThat(said.get())
                    .as("bytes that were taken without an answer being read")
                    .isLessThan(enough);
        }
    }

    /** Lets the gateway come to all that was said: another connection is served in the meantime. */
    private static void answeredInTheMeantime() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (var other = new Wire(GATEWAY.port())) {
                assertThat(other.say(LIVE).response().status()).isEqualTo(200);
            }
        }
    }
}
