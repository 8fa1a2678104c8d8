package dev.resentry.gateway.project;

import dev.resentry.gateway.spool.SpoolSettings;
import dev.resentry.service.project.AutoCreateSettings;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The known projects, their meters, and requests for new ones. */
@Configuration(proxyBeanMethods = false)
public class ProjectConfiguration {

    /** Writes the projects down beside the spool: without a spool, no envelope is accepted while Kafka is away. */
    @Bean
    ProjectTopicFollower projectDirectory(
            KafkaSettings kafka, TopicProvisioner topics, SpoolSettings spool, MeterRegistry registry) {
        var projects = new ProjectTopicFollower(
                kafka, topics, spool.enabled() ? spool.directory().resolve("projects") : null);
        Gauge.builder("resentry.ingest.projects", projects, ProjectTopicFollower::size)
                .description("Projects that are known")
                .register(registry);
        FunctionCounter.builder("resentry.ingest.projects.unreadable", projects, ProjectTopicFollower::unreadable)
                .description("Project records that could not be taken in")
                .register(registry);
        return projects;
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
}
