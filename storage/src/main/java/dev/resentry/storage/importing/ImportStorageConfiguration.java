package dev.resentry.storage.importing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What imports keep. */
@Configuration(proxyBeanMethods = false)
public class ImportStorageConfiguration {

    @Bean
    ImportTokens importTokens(JdbcClient jdbc) {
        return new ImportTokens(jdbc);
    }

    @Bean
    ImportedIssues importedIssues(JdbcClient jdbc) {
        return new ImportedIssues(jdbc);
    }
}
