package dev.resentry.processor.notification;

import dev.resentry.model.alert.TargetType;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.TargetSettings;
import dev.resentry.service.mail.MailSettings;
import dev.resentry.storage.delivery.DeliveryQueue;
import dev.resentry.storage.signal.WorkSignals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways by which people and programs are told. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MailSettings.class, TargetSettings.class})
public class NotificationConfiguration {

    /** To what people have typed in, also for others who make requests to that. */
    @Bean
    SafeHttp safeHttp(TargetSettings settings) {
        return SafeHttp.standard(settings.rules());
    }

    @Bean
    DeliveryWorker deliveryWorker(
            DeliveryQueue queue, MailSettings mail, SafeHttp http, MeterRegistry meters, WorkSignals signals) {
        return new DeliveryWorker(
                queue, channels(mail, http), UUID.randomUUID().toString(), DeliveryWorker.LEASE, meters, signals);
    }

    static Map<TargetType, Channel> channels(MailSettings mail, SafeHttp http) {
        Map<TargetType, Channel> channels = new EnumMap<>(TargetType.class);
        channels.put(TargetType.EMAIL, mail.isSetUp() ? new SmtpChannel(mail) : new LogMailChannel());
        for (TargetType type : TargetType.values()) {
            if (type.isUrl()) {
                channels.put(type, new WebhookChannel(http, WebhookChannel.form(type), InstantSource.system()));
            }
        }
        return channels;
    }
}
