package dev.resentry.query.storage;

import dev.resentry.service.kafka.TopicSizes;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.disk.DiskUse;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of disk use. */
@Configuration(proxyBeanMethods = false)
public class StorageConfiguration {

    @Bean
    TopicSizes storageTopicSizes(KafkaSettings kafka) {
        return new TopicSizes(kafka, "resentry-storage", Duration.ofSeconds(2));
    }

    @Bean
    MeasuredStorage measuredStorage(
            DiskUse disk, KafkaSettings kafka, @Qualifier("storageTopicSizes") TopicSizes storageTopicSizes) {
        return new MeasuredStorage(disk, kafka.topics(), storageTopicSizes, InstantSource.system());
    }

    @Bean
    StorageController storageController(MeasuredStorage storage) {
        return new StorageController(storage);
    }
}
