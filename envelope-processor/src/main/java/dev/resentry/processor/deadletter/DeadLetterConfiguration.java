package dev.resentry.processor.deadletter;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.deadletter.DeadLetterTopicStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From topic {@code envelopes.dead} of earlier versions to the database. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

    @Bean
    DeadLetterTakeOver deadLetterTakeOver(KafkaSettings kafka, TopicProvisioner topics, DeadLetterTopicStore store) {
        return new DeadLetterTakeOver(kafka, topics, store);
    }
}
