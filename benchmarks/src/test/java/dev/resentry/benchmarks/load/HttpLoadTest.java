package dev.resentry.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The sender that measures. */
class HttpLoadTest {
    @Test
    void asManyAreSentAsWereAskedForAndEachAnswerIsThatOfItsRequest() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean third = exchange.getRequestURI().getPath().equals("/2");
            exchange.sendResponseHeaders(third ? 429 : 200, 2);
            try (var out = exchange.getResponseBody()) {
                out.write("ok".getBytes(US_ASCII));
            }
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.start();
            var numbered = new Numbered();
            HttpLoad.Result result;
            try (var load = new HttpLoad(server.getAddress().getPort(), numbered, 4)) {
                result = load.closedLoop(10L);
            }

            assertThat(result.answers()).isEqualTo(10);
            assertThat(result.refused()).isEqualTo(1);
            assertThat(numbered.refused).containsExactly(2L);
        } finally {
            server.stop(0);
        }
    }

    private static final class Numbered implements HttpLoad.Requests {
        private final List<Long> refused = new ArrayList<>();
        private int next;

        @Override
        public ByteBuffer next() {
            byte[] request = "GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .formatted(next++)
                    .getBytes(US_ASCII);
            return ByteBuffer.wrap(request);
        }

        @Override
        public void answered(long number, int status) {
            if (status != 200) {
                refused.add(number);
            }
        }
    }
}
