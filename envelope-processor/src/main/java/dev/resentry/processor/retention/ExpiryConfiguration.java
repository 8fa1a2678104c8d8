package dev.resentry.processor.retention;

import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.kafka.TopicSizes;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.disk.DiskUse;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.search.TagIndexes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps the database and the topic of envelopes from growing without end, and tells how large they are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicDiskSettings.class)
public class ExpiryConfiguration {

    @Bean
    ExpiryWorker expiryWorker(ExpiryRun expiry) {
        return new ExpiryWorker(expiry, InstantSource.system());
    }

    @Bean
    TagIndexWorker tagIndexWorker(TagIndexes indexes) {
        return new TagIndexWorker(indexes, InstantSource.system());
    }

    @Bean
    DiskMetrics diskMetrics(DiskUse disk, MeterRegistry registry) {
        return new DiskMetrics(disk, InstantSource.system(), registry);
    }

    @Bean
    TopicSizes topicSizes(KafkaSettings kafka) {
        return new TopicSizes(kafka, "resentry-topic-sizes", Duration.ofSeconds(10));
    }

    @Bean
    TopicDisk topicDisk(
            KafkaSettings kafka,
            TopicDiskSettings settings,
            @Qualifier("topicSizes") TopicSizes topicSizes,
            @Qualifier("topicOffsets") TopicOffsets offsets,
            MeterRegistry registry) {
        return new TopicDisk(kafka, settings, topicSizes, offsets, registry);
    }
}
