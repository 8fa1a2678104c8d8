package dev.resentry.gateway;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.endpoint.EndpointConfiguration;
import dev.resentry.gateway.endpoint.RequestAdmission;
import dev.resentry.gateway.http.FallbackHandler;
import dev.resentry.gateway.http.GatewayServer;
import dev.resentry.gateway.http.HttpSettings;
import dev.resentry.gateway.http.RequestObserver;
import dev.resentry.gateway.limit.LimitConfiguration;
import dev.resentry.gateway.limit.LimitSettings;
import dev.resentry.gateway.metrics.IngestMetricsConfiguration;
import dev.resentry.gateway.operations.OperationsRoutes;
import dev.resentry.gateway.outcome.OutcomeConfiguration;
import dev.resentry.gateway.project.ProjectConfiguration;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.publish.PublishConfiguration;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.service.health.Health;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The parts of the gateway, in the order a request meets them, and the server that puts them together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, HttpSettings.class, LimitSettings.class, SpoolSettings.class})
@Import({
    ServiceRuntimeConfiguration.class,
    // What decides about a request and answers it.
    EndpointConfiguration.class,
    ProjectConfiguration.class,
    LimitConfiguration.class,
    // Where what is let through is kept, and what is not is accounted for.
    PublishConfiguration.class,
    OutcomeConfiguration.class,
    // What all requests are counted by.
    IngestMetricsConfiguration.class
})
public class GatewayConfiguration {

    @Bean
    GatewayLifecycle gatewayLifecycle(
            GatewayServer server, ProjectDirectory projects, DrainingCheck draining, GatewaySettings settings) {
        return new GatewayLifecycle(server, projects, draining, settings.awaitProjects());
    }

    @Bean
    DrainingCheck drainingCheck() {
        return new DrainingCheck();
    }

    /** A service that shares the port with the gateway brings a {@link FallbackHandler} of its own. */
    @Bean
    GatewayServer gatewayServer(
            HttpSettings settings,
            RequestAdmission admission,
            ObjectProvider<FallbackHandler> fallback,
            Health health,
            PrometheusMeterRegistry metrics,
            ExecutorService gatewayExecutor,
            BytesInFlight bytesInFlight,
            RequestObserver observer) {
        var others = fallback.getIfAvailable(OperationsRoutes::nothingElse);
        var operations = new OperationsRoutes(health, metrics, gatewayExecutor, others);
        var server = new GatewayServer(settings, admission, operations, bytesInFlight, observer);
        Gauge.builder("resentry.ingest.connections", server, GatewayServer::connectionCount)
                .description("Open connections of senders")
                .register(metrics);
        return server;
    }

    @Bean
    BytesInFlight bytesInFlight(GatewaySettings settings, PrometheusMeterRegistry metrics) {
        var bytes = new BytesInFlight(settings.bytesInFlight());
        Gauge.builder("resentry.ingest.bytes.in.flight", bytes, BytesInFlight::taken)
                .description("Bytes of bodies in memory")
                .baseUnit("bytes")
                .register(metrics);
        return bytes;
    }

    /** Runs what would hold up the threads that serve connections. */
    @Bean(destroyMethod = "close")
    ExecutorService gatewayExecutor() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    @Bean
    GatewayRun gatewayRun() {
        return new GatewayRun(UUID.randomUUID());
    }
}
