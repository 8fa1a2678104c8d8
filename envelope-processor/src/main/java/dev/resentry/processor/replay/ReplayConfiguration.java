package dev.resentry.processor.replay;

import dev.resentry.processor.consume.KafkaTopicIds;
import dev.resentry.processor.consume.RecordReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.replay.RawEnvelopes;
import dev.resentry.storage.replay.ReplayStore;
import dev.resentry.storage.replay.ReplayedIssueNotes;
import dev.resentry.storage.rollup.RollupRebuild;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handler of replays. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplaySettings.class)
public class ReplayConfiguration {

    @Bean
    LiveLag liveLag(KafkaSettings kafka) {
        return new LiveLag(kafka);
    }

    @Bean
    ReplayJob replayJob(
            KafkaSettings kafka,
            TopicProvisioner topics,
            KafkaTopicIds topicIds,
            LiveLag lag,
            ReplaySettings settings,
            RecordReader reader,
            ReplayStore store,
            RawEnvelopes envelopes,
            ReplayedIssueNotes notes,
            RollupRebuild rollups) {
        var topic = new TopicStretches(kafka, topics, topicIds);
        return new ReplayJob(
                topic,
                envelopes,
                new BatchReplay(reader, store),
                new RollupPhase(notes, rollups),
                lag,
                settings.maxLag());
    }
}
