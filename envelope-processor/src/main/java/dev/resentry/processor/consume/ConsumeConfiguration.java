package dev.resentry.processor.consume;

import dev.resentry.processor.ProcessorSettings;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.ingest.BatchStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the topic to the database. */
@Configuration(proxyBeanMethods = false)
public class ConsumeConfiguration {

    @Bean
    EnvelopeConsumers envelopeConsumers(
            EnvelopeBatch batch,
            KafkaSettings kafka,
            ProcessorSettings settings,
            TopicProvisioner topics,
            KafkaTopicIds topicIds,
            BatchObserver observer,
            Backlog backlog) {
        return new EnvelopeConsumers(batch, kafka, settings, topics, topicIds, observer, backlog);
    }

    @Bean
    Backlog envelopeBacklog() {
        return new Backlog();
    }

    @Bean
    ExpressLane expressLane(
            EnvelopeConsumers consumers,
            EnvelopeBatch batch,
            Backlog backlog,
            KafkaSettings kafka,
            ProcessorSettings settings) {
        return new ExpressLane(consumers, batch, backlog, kafka, settings);
    }

    @Bean
    EnvelopeBatch envelopeBatch(
            RecordReader reader,
            BatchStore store,
            Writers writers,
            KafkaTopicIds topicIds,
            BatchObserver observer,
            ProcessorSettings settings) {
        return new EnvelopeBatch(reader, store, writers, topicIds, observer, settings.maxBatch());
    }

    /** @throws IllegalArgumentException if they could never all be at work, because there are fewer connections */
    @Bean
    Writers writers(ProcessorSettings settings, DatabaseSettings database) {
        if (settings.writers() > database.poolSize()) {
            throw new IllegalArgumentException(
                    "resentry.processor.writers: %d (expected: no more than the %d connections of "
                                    .formatted(settings.writers(), database.poolSize())
                            + "resentry.database.pool-size)");
        }
        return new Writers(settings.writers());
    }

    @Bean
    RecordReader recordReader(EnvelopePipeline pipeline, @Qualifier("processorDecoders") ExecutorService decoders) {
        return new RecordReader(pipeline, decoders);
    }

    @Bean
    TopicOffsets topicOffsets(KafkaSettings kafka) {
        return new TopicOffsets(kafka, "resentry-topic-offsets");
    }

    @Bean
    KafkaTopicIds kafkaTopicIds(KafkaSettings kafka, @Qualifier("topicOffsets") TopicOffsets topicOffsets) {
        return new KafkaTopicIds(kafka, topicOffsets);
    }

    /** As many as there are cores: more would only hold more decoded bodies in memory. */
    @Bean
    ExecutorService processorDecoders() {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("decoder-", 1).daemon().factory());
    }

    @Bean
    ConsumerLag consumerLag(KafkaSettings kafka, EnvelopeConsumers consumers, MeterRegistry registry) {
        return new ConsumerLag(kafka, consumers, registry);
    }
}
