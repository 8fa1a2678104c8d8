package dev.resentry.clickhouse.read;

import dev.resentry.clickhouse.client.ClickHouseClient;
import dev.resentry.clickhouse.client.ClickHouseClientConfiguration;
import dev.resentry.clickhouse.client.ClickHouseSettings;
import dev.resentry.clickhouse.client.OnClickHouse;
import dev.resentry.storage.analytics.AnalyticsRows;
import dev.resentry.storage.analytics.AnalyticsStorageConfiguration;
import dev.resentry.storage.explore.ExploreCopy;
import dev.resentry.storage.session.SessionCopy;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What reads the copy, if there is one. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnClickHouse.class)
@Import({ClickHouseClientConfiguration.class, AnalyticsStorageConfiguration.class})
public class ClickHouseReadConfiguration {

    @Bean
    ExploreCopy clickHouseExplorer(ClickHouseClient client, ClickHouseSettings settings, AnalyticsRows rows) {
        return new ClickHouseExplorer(client, rows::slugs, settings.reads(), InstantSource.system());
    }

    @Bean
    SessionCopy clickHouseSessions(ClickHouseClient client) {
        return new ClickHouseSessions(client);
    }
}
