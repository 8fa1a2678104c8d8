package dev.resentry.service;

import dev.resentry.service.health.Health;
import dev.resentry.service.health.HealthCheck;
import dev.resentry.service.health.HealthController;
import dev.resentry.service.health.HealthFallback;
import dev.resentry.service.metrics.MetricsConfiguration;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.service.project.AutoCreateSettings;
import dev.resentry.service.report.ErrorReportSettings;
import dev.resentry.service.report.ErrorReports;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * What every service imports: the topics, the metrics, reports of its own errors, and the health page over all checks in its context. A
 * context below that of another service shares its topics, metrics and reports, and its checks.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, AutoCreateSettings.class, ErrorReportSettings.class})
@Import(MetricsConfiguration.class)
public class ServiceRuntimeConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TopicProvisioner topicProvisioner(KafkaSettings settings) {
        return new TopicProvisioner(settings);
    }

    @Bean
    @ConditionalOnMissingBean
    ProcessDescription processDescription(ObjectProvider<BuildProperties> build) {
        BuildProperties known = build.getIfAvailable();
        return ProcessDescription.ofThis(known == null ? null : known.getVersion());
    }

    @Bean
    @ConditionalOnMissingBean
    ErrorReports errorReports(ErrorReportSettings settings, ProcessDescription process, Environment environment) {
        return new ErrorReports(settings, process, environment.getProperty("spring.application.name", "resentry"));
    }

    @Bean
    Health health(List<HealthCheck> checks, ObjectProvider<HealthFallback> standIns) {
        return new Health(checks, standIns.stream().toList());
    }

    /** Where the web framework serves; who serves by itself asks {@link Health}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        HealthController healthController(Health health) {
            return new HealthController(health);
        }
    }
}
