package dev.resentry.storage.process;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where processes register. */
@Configuration(proxyBeanMethods = false)
public class ProcessConfiguration {

    @Bean
    ProcessRegistry processRegistry(JdbcClient jdbc) {
        return new ProcessRegistry(jdbc);
    }
}
