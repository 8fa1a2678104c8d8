package dev.resentry.processor.publish;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.outbox.EventsOutbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the outbox to topic {@code events}. */
@Configuration(proxyBeanMethods = false)
public class PublishConfiguration {

    @Bean
    EventsPublisher eventsPublisher(EventsOutbox outbox, KafkaSettings kafka, TopicProvisioner topics) {
        return new EventsPublisher(outbox, kafka, topics);
    }
}
