package dev.resentry.processor;

import dev.resentry.clickhouse.sink.ClickHouseSinkConfiguration;
import dev.resentry.processor.alert.AlertConfiguration;
import dev.resentry.processor.consume.ConsumeConfiguration;
import dev.resentry.processor.cron.CronConfiguration;
import dev.resentry.processor.deadletter.DeadLetterConfiguration;
import dev.resentry.processor.issue.IssueStateConfiguration;
import dev.resentry.processor.item.ItemConfiguration;
import dev.resentry.processor.ledger.LedgerConfiguration;
import dev.resentry.processor.metrics.BatchMetricsConfiguration;
import dev.resentry.processor.notification.NotificationConfiguration;
import dev.resentry.processor.project.ProjectRulesConfiguration;
import dev.resentry.processor.publish.PublishConfiguration;
import dev.resentry.processor.regroup.RegroupConfiguration;
import dev.resentry.processor.replay.ReplayConfiguration;
import dev.resentry.processor.retention.ExpiryConfiguration;
import dev.resentry.processor.spike.SpikeConfiguration;
import dev.resentry.processor.symbolicate.SymbolicationConfiguration;
import dev.resentry.processor.uptime.UptimeConfiguration;
import dev.resentry.processor.webhook.WebhookConfiguration;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.service.health.Health;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.process.ProcessRegistration;
import dev.resentry.storage.process.ProcessRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The parts of the processor, in the order an envelope meets them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProcessorSettings.class)
@Import({
    ServiceRuntimeConfiguration.class,
    // From the topic to batches, what is made of their items, and the tables.
    ConsumeConfiguration.class,
    ItemConfiguration.class,
    ProjectRulesConfiguration.class,
    SymbolicationConfiguration.class,
    IngestStorageConfiguration.class,
    // The books: what the broker and the gateways say.
    LedgerConfiguration.class,
    // The past, processed again, and put under other rules of grouping.
    ReplayConfiguration.class,
    RegroupConfiguration.class,
    // What others are told of what was stored.
    PublishConfiguration.class,
    NotificationConfiguration.class,
    // Dead letters: those that earlier versions left on topic envelopes.dead, and retries.
    DeadLetterConfiguration.class,
    // What is not kept any longer, and the disk that the rest takes.
    ExpiryConfiguration.class,
    IssueStateConfiguration.class,
    // Who is told of what was stored.
    AlertConfiguration.class,
    WebhookConfiguration.class,
    // A copy for analytics.
    ClickHouseSinkConfiguration.class,
    // Far more than usual.
    SpikeConfiguration.class,
    // Whether what people name is there.
    UptimeConfiguration.class,
    CronConfiguration.class,
    // What batches are counted by.
    BatchMetricsConfiguration.class
})
public class ProcessorConfiguration {

    @Bean
    ProcessRegistration processorRegistration(ProcessDescription self, Health health, ProcessRegistry registry) {
        return new ProcessRegistration("processor", self, health, registry);
    }
}
