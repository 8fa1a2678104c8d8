package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.testsupport.size.TestSize;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Random bytes on a connection: each is answered or closed, never as a fault of the gateway's own, and no buffer leaks. */
class WireFuzzTest {
    private static final int CONNECTIONS = TestSize.of(400, 10_000);
    private static final int AT_ONCE = 100;
    private static final int VERSION_NOT_SPOKEN = 505;
    /** Of so many connections, one leaves it to the gateway to end it. */
    private static final int PATIENT = 100;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
    /** What is answered with a 200 and keeps nothing: a preflight, and the script of the dialog after an error. */
    private static final Pattern KEEPS_NOTHING =
            Pattern.compile("(?i)access-control-max-age|content-type: text/javascript");

    private static final Logger LEAKS = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private static ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();

    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();

    /** What was heard back on some connections. */
    private record Heard(int answers, int accepted) {
        Heard and(Heard other) {
            return new Heard(answers + other.answers, accepted + other.accepted);
        }
    }

    /** Counts what is kept, and takes its time over half of it, so that what follows has to wait for its turn. */
    private static final class Counted implements EnvelopePublisher {
        private final AtomicInteger kept = new AtomicInteger();

        @Override
        public CompletableFuture<Publication> publish(RawEnvelope envelope) {
            return kept.incrementAndGet() % 2 == 0
                    ? CompletableFuture.completedFuture(new Publication.Kept())
                    : CompletableFuture.supplyAsync(
                            Publication.Kept::new, CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS));
        }
    }

    @BeforeAll
    static void trackEveryBuffer() {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterAll
    static void trackAsBefore() {
        ResourceLeakDetector.setLevel(levelBefore);
    }

    @BeforeEach
    void listen() {
        leaks.start();
        LEAKS.addAppender(leaks);
        LEAKS.setAdditive(false);
    }

    @AfterEach
    void listenNoMore() {
        LEAKS.setAdditive(true);
        LEAKS.detachAppender(leaks);
    }

    @Test
    void anyBytesGetADefinedResponseOrAClose() throws Exception {
        var counted = new Counted();
        try (var gateway = GatewayUnderTest.with(new ConformanceProjects(), counted, IngestScene.MAX_BODY)) {
            Heard heard = everythingHeard(gateway.port());

            await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
                assertThat(gateway.openConnections()).isZero();
                assertThat(gateway.bytesHeld()).isZero();
            });
            assertThat(gateway.failures()).as("faults of the gateway's own").isZero();
            assertThat(heard.answers()).isGreaterThan(CONNECTIONS / 2);
            assertThat(heard.accepted()).isGreaterThan(CONNECTIONS / 10);
            assertThat(counted.kept.get())
                    .as("whatever is said to be kept is")
                    .isGreaterThanOrEqualTo(heard.accepted());
        }
        collect();
        assertThat(leaks.list).isEmpty();
    }

    @Test
    void aLeakedBufferWouldBeDetected() {
        forgetABuffer();

        await().untilAsserted(() -> {
            collect();
            assertThat(leaks.list).isNotEmpty();
        });
    }

    private static void forgetABuffer() {
        assertThat(ByteBufAllocator.DEFAULT.buffer(16).refCnt()).isOne();
    }

    /** Netty reports a leaked buffer when it allocates further ones. */
    private static void collect() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            for (int j = 0; j < 100; j++) {
                ByteBufAllocator.DEFAULT.buffer(16).release();
            }
        }
    }

    private static Heard everythingHeard(int port) throws Exception {
        try (ExecutorService senders =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Heard>> sent = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                sent.add(senders.submit(() -> heard(port, seed)));
            }
            Heard all = new Heard(0, 0);
            for (Future<Heard> one : sent) {
                all = all.and(one.get());
            }
            return all;
        }
    }

    private static Heard heard(int port, int seed) throws IOException {
        byte[] bytes = bytes(seed);
        String answers;
        try (var socket = new Socket("127.0.0.1", port)) {
            // Longer than any of the gateway's time-outs.
            socket.setSoTimeout(20_000);
            answers = answers(socket, bytes, seed % PATIENT == 0);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("connection %d hangs: %s".formatted(seed, new String(bytes, ISO_8859_1)), e);
        }
        int count = 0;
        int accepted = 0;
        var statuses = STATUS.matcher(answers);
        while (statuses.find()) {
            int status = Integer.parseInt(statuses.group(1));
            // What breaks the digits of "HTTP/1.1" is told of another version; nothing else is the gateway's fault.
            assertThat(status)
                    .as("connection %d: %s", seed, new String(bytes, ISO_8859_1))
                    .satisfiesAnyOf(
                            defined -> assertThat(defined).isLessThan(500),
                            defined -> assertThat(defined).isEqualTo(VERSION_NOT_SPOKEN));
            count++;
            accepted += status >= 200 && status < 300 ? 1 : 0;
        }
        return new Heard(
                count, accepted - (int) KEEPS_NOTHING.matcher(answers).results().count());
    }

    private static String answers(Socket socket, byte[] bytes, boolean patient) throws IOException {
        var heard = new ByteArrayOutputStream();
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            if (!patient) {
                socket.shutdownOutput();
            }
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                heard.write(buffer, 0, n);
            }
        } catch (SocketException _) {
            // The gateway had heard enough.
        }
        return heard.toString(ISO_8859_1);
    }

    /** Two requests, each broken in itself, and then broken as bytes. */
    private static byte[] bytes(int seed) {
        var mutations = new Mutations(seed, false);
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            byte[] request = mutations.next().bytes(mutations.nextInt(3) == 0);
            out.writeBytes(mutations.nextInt(2) == 0 ? mutations.broken(request) : request);
        }
        return out.toByteArray();
    }
}
