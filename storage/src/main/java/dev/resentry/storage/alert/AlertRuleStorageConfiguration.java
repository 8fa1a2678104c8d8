package dev.resentry.storage.alert;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alert rules as people write them, and what became of them. */
@Configuration(proxyBeanMethods = false)
public class AlertRuleStorageConfiguration {

    @Bean
    AlertRuleStore alertRuleStore(JdbcClient jdbc) {
        return new AlertRuleStore(jdbc);
    }

    @Bean
    AlertSnoozes alertSnoozes(JdbcClient jdbc) {
        return new AlertSnoozes(jdbc);
    }

    @Bean
    AlertHistory alertHistory(JdbcClient jdbc) {
        return new AlertHistory(jdbc);
    }

    @Bean
    AlertPast alertPast(JdbcTemplate template) {
        return new AlertPast(template);
    }
}
