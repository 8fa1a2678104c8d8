package dev.resentry.processor.webhook;

import dev.resentry.processor.alert.AlertSettings;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.notification.ConcernedPeople;
import dev.resentry.storage.webhook.WebhookStore;
import dev.resentry.storage.webhook.WebhookSubjects;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From topic {@code events} to webhooks and personal mails. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    WebhookListener webhookListener(
            KafkaSettings kafka,
            TopicProvisioner topics,
            WebhookStore webhooks,
            WebhookSubjects subjects,
            ConcernedPeople people,
            DeliveryOutbox deliveryOutbox,
            AlertSettings settings) {
        var links = new WebhookLinks(settings.publicUrl());
        var deliveries = new WebhookDeliveries(
                webhooks,
                subjects,
                new WebhookContent(links),
                new PersonalNotices(people, links),
                deliveryOutbox,
                CLOCK);
        return new WebhookListener(kafka, topics, deliveries, CLOCK);
    }
}
