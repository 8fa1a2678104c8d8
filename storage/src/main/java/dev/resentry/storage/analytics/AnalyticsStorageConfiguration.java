package dev.resentry.storage.analytics;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a copy is made of. */
@Configuration(proxyBeanMethods = false)
public class AnalyticsStorageConfiguration {

    @Bean
    AnalyticsRows analyticsRows(DataSource dataSource) {
        return new AnalyticsRows(dataSource);
    }
}
