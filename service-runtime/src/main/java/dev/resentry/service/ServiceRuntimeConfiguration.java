package dev.resentry.service;

import dev.resentry.service.health.HealthCheck;
import dev.resentry.service.health.HealthController;
import dev.resentry.service.health.StandIn;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every service imports: the topics and the health page over all checks in its context. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class ServiceRuntimeConfiguration {

    @Bean
    TopicProvisioner topicProvisioner(KafkaSettings settings) {
        return new TopicProvisioner(settings);
    }

    @Bean
    HealthController healthController(List<HealthCheck> checks, ObjectProvider<StandIn> standIns) {
        return new HealthController(checks, standIns.stream().toList());
    }
}
