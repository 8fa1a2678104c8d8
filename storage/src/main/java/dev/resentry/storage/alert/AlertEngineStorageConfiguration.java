package dev.resentry.storage.alert;

import dev.resentry.storage.session.CrashFreeRates;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What processors need to have rules fire. */
@Configuration(proxyBeanMethods = false)
@Import(RecipientsConfiguration.class)
public class AlertEngineStorageConfiguration {

    @Bean
    StoredAlertRules storedAlertRules(JdbcClient jdbc) {
        return new StoredAlertRules(jdbc);
    }

    @Bean
    IssueFrequency issueFrequency(JdbcClient jdbc) {
        return new IssueFrequency(jdbc);
    }

    @Bean
    AlertFacts alertFacts(DataSource dataSource) {
        return new AlertFacts(dataSource);
    }

    @Bean
    AlertTurn alertTurn(JdbcClient jdbc) {
        return new AlertTurn(jdbc);
    }

    @Bean
    CrashFreeRates crashFreeRates(JdbcClient jdbc) {
        return new CrashFreeRates(jdbc);
    }
}
