package dev.resentry.query.webhook;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.notification.NotificationSettings;
import dev.resentry.storage.webhook.AlertSourceStore;
import dev.resentry.storage.webhook.WebhookStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Webhooks, both ways, and of what people want to be told. */
@Configuration(proxyBeanMethods = false)
public class WebhookApiConfiguration {

    @Bean
    WebhookController webhookController(
            WebhookStore webhooks, DeliveryOutbox deliveryOutbox, ProjectAccess access, AuditLog audit) {
        return new WebhookController(webhooks, deliveryOutbox, access, audit);
    }

    @Bean
    AlertSourceController alertSourceController(
            AlertSourceStore sources, ProjectAccess access, AuditLog audit, QuerySettings settings) {
        return new AlertSourceController(sources, access, audit, settings.publicUrl());
    }

    @Bean
    SentryHookController sentryHookController(AlertSourceStore sources) {
        return new SentryHookController(sources, InstantSource.system());
    }

    @Bean
    NotificationController notificationController(NotificationSettings settings, AuditLog audit) {
        return new NotificationController(settings, audit);
    }
}
