package dev.resentry.storage.disk;

import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.retention.RetentionConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures disks, for services with metrics of them and for those that tell people. */
@Configuration(proxyBeanMethods = false)
@Import(RetentionConfiguration.class)
public class DiskConfiguration {

    @Bean
    DiskUse diskUse(JdbcClient jdbc, Retention retention) {
        return new DiskUse(jdbc, retention);
    }
}
