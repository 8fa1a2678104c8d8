package dev.resentry.storage.retention;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The retention, for services that remove what has expired and for those that tell how long things are kept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
public class RetentionConfiguration {

    @Bean
    Retention retention(RetentionSettings settings) {
        return settings.retention();
    }
}
