package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.service.report.ErrorReportSettings;
import dev.resentry.service.report.ErrorReports;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Resentry reports of itself, with a gateway as the receiver. */
class OwnReportsTest {
    private static final Logger LOG = LoggerFactory.getLogger("dev.resentry.somewhere");

    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void whatIsLoggedAsAnErrorIsReportedWithWhereAndWhatItRan() {
        try (var gateway = gateway(this::keep);
                var _ = reports(gateway, "production")) {
            LOG.atWarn().log("This is no error");
            LOG.atError()
                    .addKeyValue("shelf", 3)
                    .setCause(new IllegalStateException("The shelf is empty"))
                    .log("A cart could not be filled");

            await().until(() -> received.size() == 1);
            assertThat(received.getFirst())
                    .contains("\"type\":\"event\"")
                    .contains("A cart could not be filled", "IllegalStateException", "The shelf is empty")
                    .contains(
                            "\"environment\":\"production\"", "\"release\":\"resentry@1.2.3\"", "\"service\":\"tests\"")
                    .contains("\"shelf\":\"3\"", "\"level\":\"error\"");
        }
    }

    @Test
    void whatEndsAThreadIsReportedAsFatal() throws InterruptedException {
        try (var gateway = gateway(this::keep);
                var _ = reports(gateway, "development")) {
            Thread thread = Thread.ofPlatform().start(() -> {
                throw new IllegalStateException("Nobody caught it");
            });
            thread.join();

            await().until(() -> received.size() == 1);
            assertThat(received.getFirst()).contains("Nobody caught it", "\"level\":\"fatal\"");
        }
    }

    @Test
    void whatFailsWhileAReportIsAcceptedIsNotReported() {
        try (var gateway = gateway(envelope -> {
                    var _ = keep(envelope);
                    LOG.atError().log("A report could not be published");
                    throw new IllegalStateException("The broker is on fire");
                });
                var _ = reports(gateway, "development")) {
            LOG.atError().log("The first");
            await().until(() -> received.size() == 1);
            await().until(() -> gateway.failures() == 1);
            LOG.atError().log("The second");
            await().until(() -> gateway.failures() == 2);

            assertThat(received).hasSize(2);
            assertThat(received.getLast()).contains("The second");
        }
    }

    @Test
    void aFloodOfErrorsIsBounded() {
        try (var gateway = gateway(this::keep)) {
            try (var _ = reports(gateway, "development")) {
                for (int i = 0; i < 500; i++) {
                    LOG.atError().log("Once more");
                }
            }

            assertThat(received).hasSizeBetween(1, 60);
        }
    }

    @Test
    void withoutADsnNothingIsReported() {
        try (var reports = new ErrorReports(new ErrorReportSettings("", "", "", "development"), process(), "tests")) {
            assertThat(reports.areOn()).isFalse();
        }
    }

    private static GatewayUnderTest gateway(EnvelopePublisher publisher) {
        return GatewayUnderTest.with(new OneProject(), publisher, 1_000_000);
    }

    private static ErrorReports reports(GatewayUnderTest gateway, String mode) {
        String dsn = "http://%s@127.0.0.1:%d/42".formatted(OneProject.KEY.value(), gateway.port());
        return new ErrorReports(new ErrorReportSettings(dsn, "", "", mode), process(), "tests");
    }

    private static ProcessDescription process() {
        return new ProcessDescription("a-host", "1.2.3", Instant.EPOCH);
    }

    private CompletableFuture<EnvelopePublisher.Publication> keep(RawEnvelope envelope) {
        received.add(text(envelope));
        return CompletableFuture.completedFuture(new EnvelopePublisher.Publication.Kept());
    }

    private static String text(RawEnvelope envelope) {
        ContentEncoding encoding =
                ContentEncoding.parse(envelope.receipt().contentEncoding()).orElseThrow();
        return new String(
                BoundedDecoder.head(encoding, envelope.body(), 1_000_000).bytes(), UTF_8);
    }
}
