package dev.resentry.clickhouse.client;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The way to ClickHouse, if there is one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClickHouseSettings.class)
public class ClickHouseClientConfiguration {

    @Bean
    @Conditional(OnClickHouse.class)
    ClickHouseClient clickHouseClient(ClickHouseSettings settings) {
        return new ClickHouseClient(settings);
    }
}
