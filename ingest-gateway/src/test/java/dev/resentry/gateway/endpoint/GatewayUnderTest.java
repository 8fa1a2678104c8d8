package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.http.GatewayServer;
import dev.resentry.gateway.http.HttpSettings;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.metrics.IngestMetrics;
import dev.resentry.gateway.metrics.RejectionLog;
import dev.resentry.gateway.operations.OperationsRoutes;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.project.ProjectRequests;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.service.health.Health;
import dev.resentry.service.health.HealthCheck;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.util.unit.DataSize;

/** The gateway's HTTP side on a free port, with projects and a publisher that a test controls. */
final class GatewayUnderTest implements AutoCloseable {
    private final GatewayServer server;
    private final ExecutorService executor;
    private final BytesInFlight bytesInFlight;
    private final MeterRegistry meters;

    private GatewayUnderTest(
            GatewayServer server, ExecutorService executor, BytesInFlight bytesInFlight, MeterRegistry meters) {
        this.server = server;
        this.executor = executor;
        this.bytesInFlight = bytesInFlight;
        this.meters = meters;
    }

    static GatewayUnderTest with(ProjectDirectory projects, EnvelopePublisher publisher, long maxBodyBytes) {
        return with(projects, publisher, maxBodyBytes, List.of(), (_, _, _, _, _) -> {});
    }

    /**
     * @param checks what the health page asks
     * @param outcomes receives the rejections
     */
    static GatewayUnderTest with(
            ProjectDirectory projects,
            EnvelopePublisher publisher,
            long maxBodyBytes,
            List<HealthCheck> checks,
            OutcomeReporter outcomes) {
        return with(projects, publisher, maxBodyBytes, checks, RateLimits.NONE, outcomes, Clock.systemUTC());
    }

    static GatewayUnderTest with(
            ProjectDirectory projects,
            EnvelopePublisher publisher,
            long maxBodyBytes,
            RateLimits limits,
            OutcomeReporter outcomes,
            Clock clock) {
        return with(projects, publisher, maxBodyBytes, List.of(), limits, outcomes, clock);
    }

    private static GatewayUnderTest with(
            ProjectDirectory projects,
            EnvelopePublisher publisher,
            long maxBodyBytes,
            List<HealthCheck> checks,
            RateLimits limits,
            OutcomeReporter outcomes,
            Clock clock) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        var sdkRequests = new SdkRequestHandler(publisher, limits, outcomes, executor, clock);
        var reports = new ReportHandler(projects, ProjectRequests.NONE, sdkRequests, executor);
        var bytesInFlight = new BytesInFlight(Math.max(4 * maxBodyBytes, 1_000_000));
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var server = new GatewayServer(
                settings(),
                new RequestAdmission(projects, sdkRequests, reports, maxBodyBytes),
                new OperationsRoutes(new Health(checks, List.of()), meters, executor, OperationsRoutes.nothingElse()),
                bytesInFlight,
                new RejectionLog(new IngestMetrics(meters)));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GatewayUnderTest(server, executor, bytesInFlight, meters);
    }

    int port() {
        return server.port();
    }

    int openConnections() {
        return server.connectionCount();
    }

    /** Bytes of bodies that are held. */
    long bytesHeld() {
        return bytesInFlight.taken();
    }

    /** How often the gateway's own code failed on a request. */
    double failures() {
        return meters.find("resentry.ingest.failures").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** How many senders left, or were cut off, before their request was complete. */
    double abandoned() {
        return meters.find("resentry.ingest.abandoned").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static HttpSettings settings() {
        return new HttpSettings(
                0,
                2,
                20_000,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                DataSize.ofBytes(512),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ZERO,
                List.of("loopback", "private"));
    }

    @Override
    public void close() {
        server.stop();
        executor.close();
    }
}
