package dev.resentry.storage.webhook;

import dev.resentry.storage.notification.ConcernedPeople;
import dev.resentry.storage.notification.NotificationSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks and what people want to be told, for those who say so and those who tell them. */
@Configuration(proxyBeanMethods = false)
public class WebhookStorageConfiguration {

    @Bean
    WebhookStore webhookStore(JdbcClient jdbc) {
        return new WebhookStore(jdbc);
    }

    @Bean
    WebhookSubjects webhookSubjects(JdbcClient jdbc) {
        return new WebhookSubjects(jdbc);
    }

    @Bean
    AlertSourceStore alertSourceStore(JdbcClient jdbc) {
        return new AlertSourceStore(jdbc);
    }

    @Bean
    NotificationSettings notificationSettings(JdbcClient jdbc) {
        return new NotificationSettings(jdbc);
    }

    @Bean
    ConcernedPeople concernedPeople(JdbcClient jdbc) {
        return new ConcernedPeople(jdbc);
    }
}
