package dev.resentry.processor.cron;

import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.monitor.MonitorIncidents;
import dev.resentry.storage.monitor.MonitorSweep;
import dev.resentry.storage.signal.WorkSignals;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Monitors of jobs that run by a schedule. */
@Configuration(proxyBeanMethods = false)
public class CronConfiguration {

    @Bean
    MonitorWorker monitorWorker(
            MonitorSweep sweep,
            MonitorIncidents incidents,
            OwnEnvelopes envelopes,
            KafkaSettings kafka,
            TopicProvisioner topics,
            @Qualifier("topicOffsets") TopicOffsets offsets,
            WorkSignals signals) {
        return new MonitorWorker(sweep, incidents, envelopes, kafka, topics, offsets, InstantSource.system(), signals);
    }
}
