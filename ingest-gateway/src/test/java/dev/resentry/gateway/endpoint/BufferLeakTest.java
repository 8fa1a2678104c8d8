package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.Rule.AUTH;
import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** However a request ends, its buffers are released and its bytes in flight returned. */
@Timeout(60)
class BufferLeakTest {
    private static final int MAX_BODY = 100_000;
    private static final int TIMES = 20;
    private static final String HEAD = "POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: " + AUTH + "\r\n";
    private static final String WHOLE = HEAD + "Content-Length: %d\r\n\r\n%s".formatted(ENVELOPE.length(), ENVELOPE);
    private static final String LARGE = HEAD + "Content-Length: %d\r\n\r\n".formatted(MAX_BODY);
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String UNKNOWN = "POST /api/42/store/ HTTP/1.1\r\nHost: x\r\n";
    private static final String ELSEWHERE = "POST /nowhere HTTP/1.1\r\nHost: x\r\n";
    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String SOME = "x".repeat(30_000);

    private final Level before = ResourceLeakDetector.getLevel();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            leaks.add(line.getFormattedMessage());
        }
    };

    @BeforeEach
    void watchEveryBuffer() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        listener.start();
        logger.addAppender(listener);
    }

    @AfterEach
    void watchNoMore() {
        logger.detachAppender(listener);
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void aLeakedBufferIsDetected() {
        lookUntilSomethingIsSeen();

        assertThat(leaks).allMatch(leak -> leak.contains("LEAK"));
    }

    @Test
    void noRequestLeaksABuffer() throws Exception {
        var response = new CompletableFuture<Publication>();
        var check = new CompletableFuture<CheckResult>();
        var slow = new HealthCheck() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public CheckResult check() {
                return check.join();
            }
        };
        try (var gateway = GatewayUnderTest.with(
                new OneProject(), _ -> response, MAX_BODY, List.of(slow), (_, _, _, _, _) -> {})) {
            List<Wire> open = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                for (String said : ends()) {
                    Wire wire = new Wire(gateway.port()).say(said);
                    if (i % 3 == 0) {
                        wire.sayNothingMore();
                    }
                    open.add(wire);
                }
            }
            // Half of them leave while nothing is answered, the others when everything is.
            for (int i = 0; i < open.size() / 2; i++) {
                open.get(i).close();
            }
            response.complete(new Publication.Kept());
            check.complete(new CheckResult.Ok());
            closeAll(open);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(gateway.openConnections()).isZero();
                assertThat(gateway.bytesHeld()).isZero();
            });
            assertThat(gateway.failures()).isZero();
        }
        lookUntilSomethingIsSeen();

        assertThat(leaks)
                .as("the buffer that was forgotten on purpose is all")
                .allMatch(leak -> leak.contains(BufferLeakTest.class.getSimpleName() + ".forget"));
    }

    /** Every way there is to go on, or not to, after every beginning there is. */
    private static List<String> ends() {
        return List.of(
                WHOLE,
                WHOLE + WHOLE + WHOLE,
                WHOLE + LARGE + SOME,
                WHOLE + READY + LARGE + SOME,
                LARGE + SOME,
                LARGE + SOME + SOME + SOME + SOME,
                CHUNKED + "7530\r\n" + SOME,
                CHUNKED + "7530\r\n" + SOME + "\r\nxyz\r\n" + WHOLE,
                CHUNKED + "30d40\r\n" + SOME.repeat(6),
                UNKNOWN + "Content-Length: 60000\r\n\r\n" + SOME,
                UNKNOWN + "Content-Length: 6000000\r\n\r\n" + SOME.repeat(20),
                UNKNOWN + "Expect: 100-continue\r\nContent-Length: 60000\r\n\r\n" + SOME,
                UNKNOWN + "Transfer-Encoding: chunked\r\n\r\n7530\r\n" + SOME + "\r\nxyz\r\n" + WHOLE,
                ELSEWHERE + "Content-Length: 60000\r\n\r\n" + SOME,
                ELSEWHERE + "Transfer-Encoding: chunked\r\n\r\n7530\r\n" + SOME + "\r\nxyz\r\n" + WHOLE,
                ELSEWHERE + "Content-Length: 30000\r\n\r\n" + SOME + WHOLE,
                READY + WHOLE + LARGE + SOME,
                READY + READY + UNKNOWN + "Content-Length: 60000\r\n\r\n" + SOME,
                HEAD + "X: " + SOME.repeat(3),
                HEAD + "Transfer-Encoding: gzip\r\n\r\n" + SOME,
                "rubbish\r\n\r\n" + SOME,
                WHOLE + "rubbish\r\n\r\n" + SOME);
    }

    private static void closeAll(List<Wire> open) throws IOException {
        for (Wire wire : open) {
            wire.close();
        }
    }

    /** Forgets a buffer and looks for it: once it is seen, all that were forgotten before have been collected too. */
    private void lookUntilSomethingIsSeen() {
        forget();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            // The detector reports when something is allocated.
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
            return !leaks.isEmpty();
        });
        System.gc();
        PooledByteBufAllocator.DEFAULT.buffer(16).release();
    }

    private static void forget() {
        PooledByteBufAllocator.DEFAULT.buffer(16).writeBytes("forgotten".getBytes(US_ASCII));
    }
}
