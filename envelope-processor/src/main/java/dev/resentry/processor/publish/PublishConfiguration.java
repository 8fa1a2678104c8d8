package dev.resentry.processor.publish;

import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.outbox.EventsOutbox;
import dev.resentry.storage.signal.WorkSignals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the outbox to topic {@code events}, and what processors have to say themselves to topic {@code envelopes}. */
@Configuration(proxyBeanMethods = false)
public class PublishConfiguration {

    @Bean
    EventsPublisher eventsPublisher(
            EventsOutbox outbox, KafkaSettings kafka, TopicProvisioner topics, WorkSignals signals) {
        return new EventsPublisher(outbox, kafka, topics, signals);
    }

    @Bean
    OwnEnvelopes ownEnvelopes(KafkaSettings kafka) {
        return new OwnEnvelopes(kafka);
    }
}
