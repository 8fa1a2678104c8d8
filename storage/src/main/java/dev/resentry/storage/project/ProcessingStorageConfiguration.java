package dev.resentry.storage.project;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What projects want done to their events: processors read it, people change it. */
@Configuration(proxyBeanMethods = false)
public class ProcessingStorageConfiguration {

    @Bean
    ProjectProcessingStore projectProcessingStore(JdbcClient jdbc) {
        return new ProjectProcessingStore(jdbc);
    }
}
