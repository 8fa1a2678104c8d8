package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.testsupport.size.TestSize;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of idle or very slow connections do not slow down other senders. */
@Timeout(180)
class CrowdedGatewayIT {
    private static final int IDLE = TestSize.of(2_000, 10_000);
    private static final int SLOW = TestSize.of(200, 2_000);
    /** A line of the text format: a comment, or a name, labels and a number. */
    private static final Pattern EXPOSITION = Pattern.compile(
            "# (HELP|TYPE) .+|# EOF|"
                    + "[a-zA-Z_:][\\w:]*(\\{([a-zA-Z_]\\w*=\"[^\"\\\\]*\",?)*\\})? ([-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|NaN|[-+]Inf)");

    private static final int PROBES = 200;
    private static final long MOST_KIB_PER_CONNECTION = 20;

    private static Gateways gateways;
    private static ServiceProcess gateway;

    @BeforeAll
    static void startGateway() {
        gateways = new Gateways();
        gateway = gateways.start(Map.of("RESENTRY_HEADER_TIMEOUT", "5s", "RESENTRY_BODY_IDLE_TIMEOUT", "5s"));
    }

    @AfterAll
    static void stopGateway() {
        gateways.close();
    }

    @Test
    void sendersOfSingleBytesDoNotBlockOthersAndAreDisconnected() throws Exception {
        Pace alone = Pace.measure(gateway.port());
        byte[] head = Gateways.head(100_000);
        try (var slow = new Crowd()) {
            for (int i = 0; i < SLOW; i++) {
                slow.add(gateway.port(), "", head);
                slow.add(
                        gateway.port(),
                        new String(head, US_ASCII),
                        "{}\n{}\n".repeat(100).getBytes(US_ASCII));
            }
            long opened = System.nanoTime();
            assertThat(slow.open()).as("all are let in").isEqualTo(2L * SLOW);
            slow.sendNextByte();

            Pace crowded = Pace.measure(gateway.port());

            System.out.printf("beside %d slow senders: %s, alone: %s%n", 2 * SLOW, crowded, alone);
            // The time-out, a look each half second, five seconds to read the answer, and what a busy machine adds.
            await("all are closed")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> slow.sendNextByte() == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - opened))
                    .as("not before their time")
                    .isGreaterThan(Duration.ofSeconds(5));
            assertThat(slow.answered("HTTP/1.1 408 ")).isEqualTo(2L * SLOW);
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Metrics.of(gateway).sum("resentry_ingest_connections", ""))
                        .isLessThan(10));
        assertThat(Metrics.of(gateway).sum("resentry_ingest_bytes_in_flight_bytes", ""))
                .isZero();
    }

    @Test
    void tenThousandIdleConnectionsCostLittle() throws Exception {
        Pace alone = Pace.measure(gateway.port());
        Memory before = Memory.of(gateway.pid());
        try (var idle = new Crowd()) {
            for (int i = 0; i < IDLE; i++) {
                idle.add(gateway.port(), "", new byte[0]);
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(Metrics.of(gateway).sum("resentry_ingest_connections", ""))
                            .isGreaterThanOrEqualTo(IDLE));
            Memory after = Memory.of(gateway.pid());
            double each = (after.liveHeapKib() - before.liveHeapKib()) / (double) IDLE;
            double resident = (after.residentKib() - before.residentKib()) / (double) IDLE;

            Pace crowded = Pace.measure(gateway.port());

            System.out.printf(
                    "beside %d idle connections, each %.1f KiB of heap and %.1f KiB resident: %s, alone: %s%n",
                    IDLE, each, resident, crowded, alone);
            assertThat(each).as("heap").isPositive().isLessThan(MOST_KIB_PER_CONNECTION);
            assertThat(resident).as("resident").isLessThan(MOST_KIB_PER_CONNECTION);
            assertThat(idle.open()).as("all are still let in").isEqualTo(IDLE);
        }
    }

    @Test
    void metricsCountResponsesAndTheirDuration() throws Exception {
        try (var connection = new RawConnection(gateway.port())) {
            assertThat(connection.exchange(Gateways.request(Sender.newId())).status())
                    .isEqualTo(200);
            assertThat(connection
                            .exchange("POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
                                    .getBytes(US_ASCII))
                            .status())
                    .isEqualTo(401);
            // The page is made once a second at most.
            Metrics metrics = await().until(
                            () -> Metrics.of(gateway),
                            page -> page.sum("resentry_ingest_requests_seconds_count", "status=\"401\"") > 0);

            assertThat(metrics.text().lines())
                    .isNotEmpty()
                    .allMatch(line -> EXPOSITION.matcher(line).matches());
            String kept = "route=\"envelope\",status=\"200\"";
            double answered = metrics.sum("resentry_ingest_requests_seconds_count", kept);
            assertThat(answered).isPositive();
            assertThat(metrics.sum("resentry_ingest_requests_seconds_bucket", kept + ",le=\"+Inf\""))
                    .isEqualTo(answered);
            assertThat(metrics.sum("resentry_ingest_requests_seconds_bucket", kept + ",le=\"10.0\""))
                    .isEqualTo(answered);
            assertThat(metrics.sum("resentry_ingest_requests_seconds_bucket", kept + ",le=\"0.001\""))
                    .isLessThan(answered);
            assertThat(metrics.sum("resentry_ingest_body_bytes_sum", kept)).isPositive();
            assertThat(metrics.sum("resentry_ingest_requests_seconds_count", "status=\"401\""))
                    .isPositive();
            assertThat(metrics.sum("resentry_ingest_connections", "")).isGreaterThanOrEqualTo(1);
            assertThat(metrics.sum("resentry_ingest_connections_opened_total", ""))
                    .isPositive();
            assertThat(metrics.text()).contains("resentry_ingest_bytes_in_flight_bytes");
        }
    }

    /**
     * How long answers take to a sender that opens a connection for each request, all of which must be kept. Printed and not
     * judged: what it says of a busy machine is nothing about the gateway.
     */
    private record Pace(Duration median, Duration worst) {
        static Pace measure(int port) throws IOException {
            long[] nanos = new long[PROBES];
            for (int i = 0; i < PROBES; i++) {
                long began = System.nanoTime();
                try (var connection = new RawConnection(port)) {
                    assertThat(connection
                                    .exchange(Gateways.request(Sender.newId()))
                                    .status())
                            .isEqualTo(200);
                }
                nanos[i] = System.nanoTime() - began;
            }
            Arrays.sort(nanos);
            return new Pace(Duration.ofNanos(nanos[PROBES / 2]), Duration.ofNanos(nanos[PROBES - 1]));
        }
    }

    /** Connections that have a text each to send, a byte at a time. */
    private static final class Crowd implements AutoCloseable {
        private final List<Member> members = new ArrayList<>();

        private static final class Member {
            private final SocketChannel channel;
            private final ByteBuffer text;
            private final StringBuilder answer = new StringBuilder();
            private boolean over;

            Member(SocketChannel channel, byte[] text) {
                this.channel = channel;
                this.text = ByteBuffer.wrap(text);
            }

            void sendNextByte() {
                if (over) {
                    return;
                }
                try {
                    listen();
                    if (!over && text.hasRemaining()) {
                        text.limit(text.position() + 1);
                        channel.write(text);
                        text.limit(text.capacity());
                    }
                } catch (IOException _) {
                    over = true;
                }
            }

            void listen() throws IOException {
                var heard = ByteBuffer.allocate(512);
                int count = channel.read(heard);
                if (count > 0) {
                    answer.append(new String(heard.array(), 0, count, US_ASCII));
                }
                over = count < 0;
            }
        }

        void add(int port, String atOnce, byte[] bytewise) throws IOException {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            if (!atOnce.isEmpty()) {
                channel.write(ByteBuffer.wrap(atOnce.getBytes(US_ASCII)));
            }
            channel.configureBlocking(false);
            members.add(new Member(channel, bytewise));
        }

        /** Sends a byte on each that is open; how many that are. */
        long sendNextByte() {
            members.forEach(Member::sendNextByte);
            return members.stream().filter(member -> !member.over).count();
        }

        long open() throws IOException {
            for (Member member : members) {
                member.listen();
            }
            return members.stream().filter(member -> !member.over).count();
        }

        long answered(String beginning) {
            return members.stream()
                    .filter(member -> member.answer.toString().startsWith(beginning))
                    .count();
        }

        @Override
        public void close() throws IOException {
            for (Member member : members) {
                member.channel.close();
            }
        }
    }
}
