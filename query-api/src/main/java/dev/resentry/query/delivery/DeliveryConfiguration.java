package dev.resentry.query.delivery;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.service.mail.MailSettings;
import dev.resentry.storage.delivery.DeliveryDesk;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.DeliveryQueries;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of notifications, and mail to people. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
public class DeliveryConfiguration {

    @Bean
    Mails mails(MailSettings mail, DeliveryOutbox outbox, QuerySettings settings) {
        return new Mails(mail, outbox, settings.publicUrl());
    }

    @Bean
    DeliveryController deliveryController(
            DeliveryQueries deliveries, DeliveryDesk desk, ProjectAccess access, AuditLog audit) {
        return new DeliveryController(deliveries, desk, access, audit);
    }

    @Bean
    MailController mailController(MailSettings settings, Mails mails, AuditLog audit) {
        return new MailController(settings, mails, audit);
    }
}
