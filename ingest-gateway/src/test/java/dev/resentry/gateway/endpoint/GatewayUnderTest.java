package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.http.GatewayServer;
import dev.resentry.gateway.http.HttpSettings;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.metrics.IngestMetrics;
import dev.resentry.gateway.metrics.RefusalLog;
import dev.resentry.gateway.operations.OperationsRoutes;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.publish.EnvelopePublisher;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.util.unit.DataSize;

/** The gateway's HTTP side on a free port, before projects and a place to keep envelopes that a test controls. */
final class GatewayUnderTest implements AutoCloseable {
    private final GatewayServer server;
    private final ExecutorService executor;
    private final BytesInFlight bytesInFlight;

    private GatewayUnderTest(GatewayServer server, ExecutorService executor, BytesInFlight bytesInFlight) {
        this.server = server;
        this.executor = executor;
        this.bytesInFlight = bytesInFlight;
    }

    static GatewayUnderTest with(ProjectDirectory projects, EnvelopePublisher publisher, long maxBodyBytes) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        RateLimits limits = (project, key, quantities) -> new RateLimits.Decision(Set.of(), List.of());
        var intake = new Intake(publisher, limits, new LimitedEnvelopes(), executor, Clock.systemUTC());
        var reports = new ReportIntake(
                projects, slug -> CompletableFuture.completedFuture(Optional.empty()), intake, executor);
        var bytesInFlight = new BytesInFlight(Math.max(4 * maxBodyBytes, 1_000_000));
        var server = new GatewayServer(
                settings(),
                new IngestDoor(projects, intake, reports, maxBodyBytes),
                OperationsRoutes.nothingElse(),
                bytesInFlight,
                new RefusalLog(new IngestMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GatewayUnderTest(server, executor, bytesInFlight);
    }

    int port() {
        return server.port();
    }

    long bytesInFlight() {
        return bytesInFlight.taken();
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
                Duration.ZERO);
    }

    @Override
    public void close() {
        server.stop();
        executor.close();
    }
}
