package dev.resentry.gateway.limit;

import dev.resentry.gateway.GatewayRun;
import dev.resentry.gateway.GatewaySettings;
import dev.resentry.model.wire.GatewayHeaders;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Limits, their exchange with other gateways, and the meters of both. */
@Configuration(proxyBeanMethods = false)
public class LimitConfiguration {

    @Bean
    ClusterRateLimits rateLimits(LimitSettings settings, GatewayRun run, MeterRegistry registry) {
        var limits = new ClusterRateLimits(settings, Clock.systemUTC(), run.id());
        Gauge.builder("resentry.ingest.limits.gateways", limits, ClusterRateLimits::gateways)
                .description("Gateways that share the limits, as far as this one knows")
                .register(registry);
        Gauge.builder("resentry.ingest.limits.sharing", limits, l -> l.isSharing() ? 1 : 0)
                .description("Whether what is told of limits arrives; if not, each gateway limits alone")
                .register(registry);
        return limits;
    }

    @Bean
    KafkaUsageExchange usageExchange(
            KafkaSettings kafka,
            TopicProvisioner topics,
            ClusterRateLimits limits,
            GatewaySettings gateway,
            ProcessDescription process) {
        Map<String, String> self = new HashMap<>();
        self.put(GatewayHeaders.NAME, gateway.instanceName());
        self.put(GatewayHeaders.STARTED_AT, process.startedAt().toString());
        if (process.version() != null) {
            self.put(GatewayHeaders.VERSION, process.version());
        }
        return new KafkaUsageExchange(kafka, topics, limits, self);
    }
}
