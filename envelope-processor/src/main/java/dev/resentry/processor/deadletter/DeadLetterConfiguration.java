package dev.resentry.processor.deadletter;

import dev.resentry.processor.consume.RecordReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.deadletter.DeadLetterRetries;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Dead letters: those of topic {@code envelopes.dead} of earlier versions, and retries. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

    @Bean
    DeadLetterTakeOver deadLetterTakeOver(KafkaSettings kafka, TopicProvisioner topics, DeadLetterTopicStore store) {
        return new DeadLetterTakeOver(kafka, topics, store);
    }

    @Bean
    DeadLetterRetry deadLetterRetry(DeadLetterRetries letters, RecordReader reader) {
        return new DeadLetterRetry(letters, reader);
    }
}
