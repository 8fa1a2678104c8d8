package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.service.report.ErrorReportSettings;
import dev.resentry.service.report.ErrorReports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline with a fault that befalls every event, that of its own report too. */
class OwnReportsLoopTest {
    private static final Logger LOG = LoggerFactory.getLogger(OwnReportsLoopTest.class);
    private static final String EVENT = "{}\n{\"type\":\"event\"}\n{\"message\":\"boom\"}\n";
    private static final EnvelopePipeline BROKEN = new EnvelopePipeline(
            new BoundedDecoder(1_000_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(new EventHandler(1_000_000, 10, (_, _) -> {
                throw new IllegalStateException("a fault of ours");
            })));

    private final BlockingQueue<RawEnvelope> reports = new LinkedBlockingQueue<>();
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void whatBefallsAReportOfItsOwnIsNotReported() throws InterruptedException {
        try (var _ = reportsWith(RecordedEnvelopesTest.raw(new byte[0], null, Endpoint.ENVELOPE))) {
            LOG.atError().log("The first");
            BROKEN.process(reports.take());
            LOG.atError().log("The second");
            BROKEN.process(reports.take());
        }

        assertThat(reports)
                .as("what was on its way is sent before the reports end")
                .isEmpty();
    }

    @Test
    void whatBefallsSomebodyElseIsReported() {
        RawEnvelope theirs = RecordedEnvelopesTest.raw(EVENT.getBytes(UTF_8), null, Endpoint.ENVELOPE);
        try (var _ = reportsWith("f".repeat(32), 7)) {
            BROKEN.process(theirs);

            await().until(() -> reports.size() == 1);
        }
    }

    private ErrorReports reportsWith(RawEnvelope ofTheSame) {
        return reportsWith(
                ofTheSame.receipt().publicKey().value(),
                ofTheSame.receipt().projectId().value());
    }

    private ErrorReports reportsWith(String key, long project) {
        String dsn =
                "http://%s@127.0.0.1:%d/%d".formatted(key, receiver.getAddress().getPort(), project);
        return new ErrorReports(
                new ErrorReportSettings(dsn, "", "", "development"),
                new ProcessDescription("a-host", "1.2.3", Instant.EPOCH),
                "tests");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            reports.add(RecordedEnvelopesTest.raw(
                    body, exchange.getRequestHeaders().getFirst("Content-Encoding"), Endpoint.ENVELOPE));
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
