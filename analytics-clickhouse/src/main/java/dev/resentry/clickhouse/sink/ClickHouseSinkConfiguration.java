package dev.resentry.clickhouse.sink;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.ClickHouseClientConfiguration;
import dev.resentry.clickhouse.client.OnClickHouse;
import dev.resentry.clickhouse.schema.ClickHouseSchema;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.analytics.AnalyticsRows;
import dev.resentry.storage.analytics.AnalyticsStorageConfiguration;
import dev.resentry.storage.retention.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What writes the copy, if there is to be one. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnClickHouse.class)
@Import({ClickHouseClientConfiguration.class, AnalyticsStorageConfiguration.class})
public class ClickHouseSinkConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    CopyProgress clickHouseCopyProgress(MeterRegistry registry) {
        return new CopyProgress(registry, CLOCK);
    }

    @Bean
    ClickHouseSink clickHouseSink(
            KafkaSettings kafka,
            TopicProvisioner topics,
            ClickHouseClient client,
            Retention retention,
            AnalyticsRows rows,
            CopyProgress clickHouseCopyProgress) {
        return new ClickHouseSink(
                kafka,
                topics,
                client.database(),
                new ClickHouseSchema(client, retention),
                new ClickHouseCopy(rows, client, clickHouseCopyProgress::refused),
                clickHouseCopyProgress,
                CLOCK);
    }
}
