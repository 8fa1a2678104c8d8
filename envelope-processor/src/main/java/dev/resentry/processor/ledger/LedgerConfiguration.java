package dev.resentry.processor.ledger;

import dev.resentry.processor.consume.KafkaTopicIds;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.ledger.GatewayOutcomes;
import dev.resentry.storage.ledger.TopicLedger;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the ledger takes from Kafka besides envelopes. */
@Configuration(proxyBeanMethods = false)
public class LedgerConfiguration {

    @Bean
    OutcomesReader outcomesReader(KafkaSettings kafka, TopicProvisioner topics, GatewayOutcomes outcomes) {
        return new OutcomesReader(kafka, topics, outcomes);
    }

    @Bean
    TopicMonitor topicMonitor(
            KafkaSettings kafka,
            TopicProvisioner topics,
            @Qualifier("topicOffsets") TopicOffsets topicOffsets,
            KafkaTopicIds topicIds,
            TopicLedger ledger,
            MeterRegistry registry) {
        return new TopicMonitor(kafka, topics, topicOffsets, topicIds, ledger, registry);
    }
}
