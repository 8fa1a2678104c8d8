package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import dev.resentry.testsupport.size.TestSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slow bodies, and requests that wait for the memory they hold. */
@Timeout(30)
class SlowBodyTest {
    private static final int MAX_BODY = 4 * 1024 * 1024;
    /** Enough of a body for it to get room for all of it. */
    private static final int BEGUN = 1_200_000;

    private static final String AUTH = "X-Sentry-Auth: Sentry sentry_key=%s\r\n".formatted(OneProject.KEY.value());

    private static final OneProject PROJECT = new OneProject();
    private static final GatewayUnderTest GATEWAY = GatewayUnderTest.with(PROJECT, PROJECT, MAX_BODY);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void nothingIsLeftOver() {
        await().untilAsserted(() -> assertThat(GATEWAY.bytesHeld()).isZero());
    }

    @Test
    void anAnnouncedContentLengthReservesLittleMemory() throws Exception {
        List<Upload> announced = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            announced.add(new Upload());
        }
        await().untilAsserted(() -> assertThat(GATEWAY.bytesHeld()).isPositive());
        try (var whole = new Upload()) {
            whole.send(MAX_BODY);
            assertThat(whole.status()).isEqualTo("200");
        }
        assertThat(GATEWAY.bytesHeld()).isLessThan(MAX_BODY);
        announced.forEach(Upload::close);
    }

    @Test
    void aBodyAwaitingContinueReservesLittleMemory() throws Exception {
        List<Upload> announced = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            announced.add(new Upload(AUTH + "Expect: 100-continue\r\n"));
        }
        for (Upload upload : announced) {
            assertThat(upload.status()).isEqualTo("100");
        }
        assertThat(GATEWAY.bytesHeld()).isLessThan(MAX_BODY / 8);
        announced.forEach(Upload::close);
    }

    @Test
    void aBodyThatHasBarelyBegunReservesLittleMemory() throws Exception {
        List<Upload> begun = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            var upload = new Upload();
            upload.send(17_000);
            begun.add(upload);
        }
        await().untilAsserted(() -> assertThat(GATEWAY.bytesHeld()).isGreaterThanOrEqualTo(10 * 17_000));
        assertThat(GATEWAY.bytesHeld()).isLessThan(MAX_BODY / 2);
        begun.forEach(Upload::close);
    }

    @Test
    void anUnknownSenderIsRefusedBeforeItsBodyIsReceived() throws Exception {
        try (var nameless = new Upload("");
                var stranger = new Upload("");
                var packed = new Upload("Content-Encoding: gzip\r\n");
                var known = new Upload("")) {
            nameless.send(100_000);
            assertThat(nameless.status()).isEqualTo("401");
            stranger.send(100_000, envelope("0".repeat(32)));
            assertThat(stranger.status()).isEqualTo("403");
            packed.write(gzip(envelope("0".repeat(32))));
            assertThat(packed.status()).isEqualTo("403");
            known.send(MAX_BODY, envelope(OneProject.KEY.value()));
            assertThat(known.status()).isEqualTo("200");
        }
    }

    @Test
    void theBeginningOfACompressedBodyMayNotContainTheFirstLine() throws Exception {
        byte[] noise = new byte[MAX_BODY - 100_000];
        new Random(1).nextBytes(noise);
        var body = new ByteArrayOutputStream();
        body.write(envelope(OneProject.KEY.value()).getBytes(US_ASCII));
        body.write(noise);
        byte[] packed = Zstd.compress(body.toByteArray());
        try (var known = new Upload("Content-Encoding: zstd\r\n", packed.length)) {
            known.write(packed);
            assertThat(known.status()).isEqualTo("200");
        }
    }

    @Test
    void aReportOverItsSizeLimitIsRejectedBeforeItsBody() throws Exception {
        try (var wire = new Wire(GATEWAY.port())) {
            wire.say(
                    "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(1024 * 1024 + 1));
            assertThat(wire.response().status()).isEqualTo(413);
        }
    }

    private static String envelope(String key) {
        return "{\"dsn\":\"http://%s@localhost/42\"}\n{\"type\":\"attachment\"}\n".formatted(key);
    }

    /** More than 64 KiB of a body, packed. */
    private static byte[] gzip(String beginning) throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(beginning.getBytes(US_ASCII));
            gzip.write(noise);
        }
        return packed.toByteArray();
    }

    @Test
    void aSenderThatDisconnectsWhileWaitingForMemoryIsNoFailure() throws Exception {
        for (int round = 0; round < TestSize.of(4, 40); round++) {
            List<Upload> holding = List.of(new Upload(), new Upload(), new Upload());
            for (Upload upload : holding) {
                upload.send(BEGUN);
            }
            await().untilAsserted(() -> assertThat(GATEWAY.bytesHeld()).isGreaterThanOrEqualTo(3L * MAX_BODY));
            List<Upload> waiting = List.of(new Upload(), new Upload(), new Upload(), new Upload(), new Upload());
            for (Upload upload : waiting) {
                upload.send(BEGUN);
            }
            for (int i = 0; i < 5; i++) {
                holding.get(i % 3).close();
                waiting.get(i).reset();
            }
            await().untilAsserted(() -> assertThat(GATEWAY.bytesHeld()).isZero());
        }
        assertThat(GATEWAY.failures()).isZero();
    }

    @Test
    void aSlowBodyIsAbortedWhenAnotherNeedsItsMemory() throws Exception {
        List<Upload> slow = List.of(new Upload(), new Upload(), new Upload());
        for (Upload upload : slow) {
            upload.send(BEGUN);
        }
        // Longer than bodies wait for room, so that the slow ones count as slow.
        await("nobody waits, so nobody gives way")
                .during(Duration.ofMillis(1100))
                .until(() -> GATEWAY.bytesHeld() == 3L * MAX_BODY);

        try (var quick = new Upload()) {
            quick.send(MAX_BODY);
            assertThat(quick.status()).isEqualTo("200");
        }

        List<Upload> left = slow.stream().filter(upload -> !upload.hasAnswer()).toList();
        // Each event loop looks for itself.
        assertThat(left).as("one of each event loop gives way at most").hasSizeBetween(1, 2);
        for (Upload upload : slow) {
            if (!left.contains(upload)) {
                assertThat(upload.status()).isEqualTo("503");
                assertThat(upload.rest()).contains("Retry-After");
            }
        }
        for (Upload upload : left) {
            upload.send(MAX_BODY - BEGUN);
            assertThat(upload.status()).isEqualTo("200");
        }
        slow.forEach(Upload::close);
    }

    @Test
    void aSlowBodyIsReceivedWhileNoOtherWaitsForMemory() throws Exception {
        try (var slow = new Upload()) {
            slow.send(BEGUN);
            await().during(Duration.ofMillis(1700)).until(() -> !slow.hasAnswer());
            slow.send(MAX_BODY - BEGUN);
            assertThat(slow.status()).isEqualTo("200");
        }
    }

    @Test
    void aContinuedBodyIsRefusedIfThereIsNoMemoryForItsRest() throws Exception {
        List<Upload> holding = List.of(new Upload(), new Upload(), new Upload());
        for (Upload upload : holding) {
            upload.send(BEGUN);
        }
        await().untilAsserted(() -> assertThat(GATEWAY.bytesHeld()).isEqualTo(3L * MAX_BODY));
        try (var wire = new Wire(GATEWAY.port())) {
            wire.say(
                    "POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: %d\r\nX-Sentry-Auth: %s\r\n\r\n"
                            .formatted(MAX_BODY, "Sentry sentry_key=" + OneProject.KEY.value()));
            assertThat(wire.response().status()).isEqualTo(100);
            wire.say("{}\n" + "x".repeat(BEGUN));
            // Fast enough to keep their room, and for longer than others wait for it.
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        for (Upload upload : holding) {
                            upload.send(100_000);
                        }
                        return wire.isAnswered();
                    });

            WireResponse response = wire.response();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isNotNull();
            assertThat(response.saysGoodbye()).isTrue();
            assertThat(wire.ends()).isTrue();
        }
        assertThat(holding).as("whoever has room and uses it").noneMatch(Upload::hasAnswer);
        holding.forEach(Upload::close);
    }

    @Test
    void aStalledBodyOfAFallbackRequestTimesOut() throws Exception {
        try (var socket = new Socket("127.0.0.1", GATEWAY.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx".getBytes(US_ASCII));
            long began = System.nanoTime();
            assertThat(socket.getInputStream().read()).as("the end").isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1900));
        }
    }

    @Test
    void aTricklingBodyOfAFallbackRequestTimesOut() throws Exception {
        try (var wire = new Wire(GATEWAY.port())) {
            wire.say("POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> {
                        try {
                            wire.say("x");
                        } catch (IOException _) {
                            // It has been ended.
                        }
                        assertThat(GATEWAY.openConnections()).isZero();
                    });
        }
    }

    /** A body of the largest size, of which as much is sent as the test says. */
    private static final class Upload implements AutoCloseable {
        private final Socket socket;
        private boolean begun;

        Upload() throws IOException {
            this(AUTH);
        }

        Upload(String headers) throws IOException {
            this(headers, MAX_BODY);
        }

        Upload(String headers, int length) throws IOException {
            socket = new Socket("127.0.0.1", GATEWAY.port());
            socket.setSoTimeout(15_000);
            write("POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
                    .formatted(headers, length)
                    .getBytes(US_ASCII));
        }

        void send(int count) throws IOException {
            send(count, "{}\n{\"type\":\"attachment\"}\n");
        }

        void send(int count, String envelope) throws IOException {
            byte[] bytes = new byte[count];
            if (!begun) {
                byte[] beginning = envelope.getBytes(US_ASCII);
                System.arraycopy(beginning, 0, bytes, 0, beginning.length);
                begun = true;
            }
            write(bytes);
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Breaks the connection, as a sender that crashes does. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        boolean hasAnswer() {
            try {
                return socket.getInputStream().available() > 0;
            } catch (IOException _) {
                return true;
            }
        }

        String status() throws IOException {
            return new String(socket.getInputStream().readNBytes(12), US_ASCII).substring(9);
        }

        String rest() throws IOException {
            return new String(socket.getInputStream().readNBytes(400), US_ASCII);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException _) {
                // It is gone either way.
            }
        }
    }
}
