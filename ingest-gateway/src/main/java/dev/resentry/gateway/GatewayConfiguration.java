package dev.resentry.gateway;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.endpoint.ReportHandler;
import dev.resentry.gateway.endpoint.RequestAdmission;
import dev.resentry.gateway.endpoint.SdkRequestHandler;
import dev.resentry.gateway.http.FallbackHandler;
import dev.resentry.gateway.http.GatewayServer;
import dev.resentry.gateway.http.HttpSettings;
import dev.resentry.gateway.http.RequestObserver;
import dev.resentry.gateway.limit.ClusterRateLimits;
import dev.resentry.gateway.limit.KafkaUsageExchange;
import dev.resentry.gateway.limit.LimitSettings;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.metrics.BackgroundMetrics;
import dev.resentry.gateway.metrics.CountedOutcomes;
import dev.resentry.gateway.metrics.IngestMetrics;
import dev.resentry.gateway.metrics.RejectionLog;
import dev.resentry.gateway.metrics.SpoolMetrics;
import dev.resentry.gateway.operations.OperationsRoutes;
import dev.resentry.gateway.outcome.KafkaOutcomeReporter;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.gateway.project.KafkaProjectRequests;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.project.ProjectRequests;
import dev.resentry.gateway.project.ProjectTopicFollower;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.gateway.publish.SpoolingPublisher;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.service.health.Health;
import dev.resentry.service.project.AutoCreateSettings;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The parts of the gateway, in the order a request meets them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, HttpSettings.class, LimitSettings.class, SpoolSettings.class})
@Import(ServiceRuntimeConfiguration.class)
public class GatewayConfiguration {
    /** Names this run of the gateway among all. */
    private static final UUID RUN = UUID.randomUUID();

    @Bean
    GatewayLifecycle gatewayLifecycle(GatewayServer server, ProjectDirectory projects, DrainingCheck departure) {
        return new GatewayLifecycle(server, projects, departure);
    }

    @Bean
    DrainingCheck departure() {
        return new DrainingCheck();
    }

    /** Whoever shares the port with the gateway brings an {@link FallbackHandler} of its own. */
    @Bean
    GatewayServer gatewayServer(
            HttpSettings settings,
            RequestAdmission admission,
            ObjectProvider<FallbackHandler> fallback,
            Health health,
            PrometheusMeterRegistry metrics,
            ExecutorService gatewayExecutor,
            BytesInFlight bytesInFlight,
            RequestObserver observer,
            ProjectTopicFollower projects,
            ClusterRateLimits limits,
            KafkaOutcomeReporter outcomes) {
        var others = fallback.getIfAvailable(OperationsRoutes::nothingElse);
        var operations = new OperationsRoutes(health, metrics, gatewayExecutor, others);
        var server = new GatewayServer(settings, admission, operations, bytesInFlight, observer);
        BackgroundMetrics.register(metrics, projects, limits, outcomes);
        Gauge.builder("resentry.ingest.connections", server, GatewayServer::connectionCount)
                .description("Open connections of senders")
                .register(metrics);
        return server;
    }

    @Bean
    RequestAdmission ingestDoor(
            ProjectDirectory projects,
            ProjectRequests requests,
            SdkRequestHandler sdkRequests,
            ExecutorService gatewayExecutor,
            GatewaySettings settings) {
        return new RequestAdmission(
                projects,
                sdkRequests,
                new ReportHandler(projects, requests, sdkRequests, gatewayExecutor),
                settings.maxBodySize().toBytes());
    }

    @Bean
    SdkRequestHandler sdkRequests(
            EnvelopePublisher publisher, RateLimits limits, OutcomeReporter outcomes, ExecutorService gatewayExecutor) {
        return new SdkRequestHandler(publisher, limits, outcomes, gatewayExecutor, Clock.systemUTC());
    }

    @Bean
    ClusterRateLimits rateLimits(LimitSettings settings) {
        return new ClusterRateLimits(settings, Clock.systemUTC(), RUN);
    }

    @Bean
    KafkaUsageExchange usageExchange(KafkaSettings kafka, TopicProvisioner topics, ClusterRateLimits limits) {
        return new KafkaUsageExchange(kafka, topics, limits);
    }

    @Bean
    @Primary
    CountedOutcomes countedOutcomes(KafkaOutcomeReporter reporter, PrometheusMeterRegistry metrics) {
        return new CountedOutcomes(reporter, metrics);
    }

    @Bean
    KafkaOutcomeReporter outcomeReporter(KafkaSettings kafka) {
        return new KafkaOutcomeReporter(kafka, Clock.systemUTC(), RUN);
    }

    @Bean
    ProjectRequests projectRequests(
            KafkaSettings kafka,
            ProjectTopicFollower projects,
            ExecutorService gatewayExecutor,
            AutoCreateSettings autoCreate) {
        return autoCreate.isOn()
                ? new KafkaProjectRequests(kafka, projects, gatewayExecutor, Clock.systemUTC())
                : ProjectRequests.NONE;
    }

    /** Runs what would hold up the threads that serve connections. */
    @Bean(destroyMethod = "close")
    ExecutorService gatewayExecutor() {
        return Executors.newVirtualThreadPerTaskExecutor();
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

    @Bean
    RequestObserver requestObserver(PrometheusMeterRegistry metrics) {
        return new RejectionLog(new IngestMetrics(metrics));
    }

    @Bean
    ProjectTopicFollower projectDirectory(KafkaSettings kafka, TopicProvisioner topics, SpoolSettings spool) {
        // Without a spool nothing is taken while Kafka is away, whoever sends it.
        return new ProjectTopicFollower(
                kafka, topics, spool.enabled() ? spool.directory().resolve("projects") : null);
    }

    @Bean
    SpoolingPublisher envelopePublisher(
            KafkaSettings kafka, GatewaySettings settings, SpoolSettings spool, PrometheusMeterRegistry metrics) {
        SpoolingPublisher publisher = SpoolingPublisher.open(kafka, settings, spool);
        SpoolMetrics.register(metrics, publisher::spoolStatus);
        return publisher;
    }
}
