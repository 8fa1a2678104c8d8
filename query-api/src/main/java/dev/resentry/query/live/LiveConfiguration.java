package dev.resentry.query.live;

import dev.resentry.query.pipeline.PipelineFigures;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.job.JobStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The stream of what happens. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    LiveFeed liveFeed() {
        return new LiveFeed(
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build(),
                CLOCK);
    }

    @Bean
    LiveSources liveSources(
            LiveFeed feed,
            JobStore jobs,
            DeadLetterQueries letters,
            PipelineFigures figures,
            KafkaSettings kafka,
            TopicProvisioner topics) {
        return new LiveSources(
                feed,
                new DatabaseSource(feed, jobs, letters),
                new PipelineSource(feed, figures, CLOCK),
                kafka,
                topics,
                CLOCK);
    }

    @Bean
    LiveController liveController(LiveFeed feed, ProjectSelection projects) {
        return new LiveController(feed, projects);
    }
}
