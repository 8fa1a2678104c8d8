package dev.resentry.processor;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.processor.consume.BatchObserver;
import dev.resentry.processor.consume.ConsumerLag;
import dev.resentry.processor.consume.EnvelopeBatch;
import dev.resentry.processor.consume.EnvelopeConsumers;
import dev.resentry.processor.deadletter.DeadLetterTakeOver;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.processor.metrics.BatchMetrics;
import dev.resentry.processor.publish.EventsPublisher;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.outbox.EventsOutbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The parts of the processor, in the order an envelope meets them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProcessorSettings.class)
@Import({ServiceRuntimeConfiguration.class, IngestStorageConfiguration.class})
public class ProcessorConfiguration {

    @Bean
    EnvelopeConsumers envelopeConsumers(
            EnvelopeBatch batch,
            KafkaSettings kafka,
            ProcessorSettings settings,
            TopicProvisioner topics,
            BatchObserver observer) {
        return new EnvelopeConsumers(batch, kafka, settings, topics, observer);
    }

    @Bean
    ConsumerLag consumerLag(KafkaSettings kafka, EnvelopeConsumers consumers, MeterRegistry registry) {
        return new ConsumerLag(kafka, consumers, registry);
    }

    @Bean
    BatchMetrics batchMetrics(MeterRegistry registry) {
        return new BatchMetrics(registry);
    }

    @Bean
    EnvelopeBatch envelopeBatch(
            EnvelopePipeline pipeline,
            BatchStore store,
            @Qualifier("processorDecoders") ExecutorService decoders,
            BatchObserver observer) {
        return new EnvelopeBatch(pipeline, store, decoders, observer);
    }

    /** As many as there are cores: more would only hold more decoded bodies in memory. */
    @Bean
    ExecutorService processorDecoders() {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("decoder-", 1).daemon().factory());
    }

    @Bean
    EnvelopePipeline envelopePipeline(ProcessorSettings settings) {
        return pipeline(settings);
    }

    /** The pipeline as these settings make it. */
    public static EnvelopePipeline pipeline(ProcessorSettings settings) {
        return new EnvelopePipeline(
                new BoundedDecoder((int) settings.maxDecodedSize().toBytes()),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                handlers(settings));
    }

    /** What is made of items. A type that is not here is kept as it is. */
    private static List<ItemHandler> handlers(ProcessorSettings settings) {
        return List.of(new EventHandler((int) settings.maxEventSize().toBytes(), settings.maxEvents()));
    }

    @Bean
    EventsPublisher eventsPublisher(EventsOutbox outbox, KafkaSettings kafka, TopicProvisioner topics) {
        return new EventsPublisher(outbox, kafka, topics);
    }

    @Bean
    DeadLetterTakeOver deadLetterTakeOver(KafkaSettings kafka, TopicProvisioner topics, DeadLetterTopicStore store) {
        return new DeadLetterTakeOver(kafka, topics, store);
    }
}
