package dev.resentry.gateway.publish;

import dev.resentry.gateway.GatewaySettings;
import dev.resentry.gateway.spool.SpoolMetrics;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.service.topic.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The publisher of envelopes, with the spool that it opens. */
@Configuration(proxyBeanMethods = false)
public class PublishConfiguration {

    @Bean
    SpoolingPublisher envelopePublisher(
            KafkaSettings kafka, GatewaySettings settings, SpoolSettings spool, MeterRegistry registry) {
        SpoolingPublisher publisher = SpoolingPublisher.open(kafka, settings, spool);
        SpoolMetrics.register(registry, publisher::spoolStatus);
        return publisher;
    }
}
