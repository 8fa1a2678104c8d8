package dev.resentry.gateway;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.endpoint.EnvelopeEndpoint;
import dev.resentry.gateway.endpoint.IngestFilter;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.project.ProjectTopicFollower;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.gateway.publish.SpoolingPublisher;
import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** The parts of the gateway, in the order a request meets them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, SpoolSettings.class})
@Import(ServiceRuntimeConfiguration.class)
public class GatewayConfiguration {

    @Bean
    FilterRegistrationBean<IngestFilter> ingestFilter(EnvelopeEndpoint endpoint) {
        var registration = new FilterRegistrationBean<>(new IngestFilter(endpoint));
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    EnvelopeEndpoint envelopeEndpoint(
            ProjectDirectory projects, EnvelopePublisher publisher, GatewaySettings settings) {
        return new EnvelopeEndpoint(
                projects,
                publisher,
                new BytesInFlight(settings.maxBytesInFlight().toBytes()),
                settings.maxBodySize().toBytes(),
                Clock.systemUTC());
    }

    @Bean
    ProjectTopicFollower projectDirectory(KafkaSettings kafka, TopicProvisioner topics) {
        return new ProjectTopicFollower(kafka, topics);
    }

    @Bean
    SpoolingPublisher envelopePublisher(KafkaSettings kafka, GatewaySettings settings, SpoolSettings spool) {
        return SpoolingPublisher.open(kafka, settings, spool);
    }
}
