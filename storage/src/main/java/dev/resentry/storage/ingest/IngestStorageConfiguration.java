package dev.resentry.storage.ingest;

import dev.resentry.storage.database.DatabaseConfiguration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What a service needs that writes what came from SDKs. */
@Configuration(proxyBeanMethods = false)
@Import(DatabaseConfiguration.class)
public class IngestStorageConfiguration {

    /** Takes a transaction manager of its own: JPA's, where there is one, brings a session nobody here needs. */
    @Bean
    BatchStore batchStore(DataSource dataSource) {
        return new BatchStore(dataSource, new DataSourceTransactionManager(dataSource));
    }

    @Bean
    DeadLetterTopicStore deadLetterTopicStore(DataSource dataSource) {
        return new DeadLetterTopicStore(dataSource, new DataSourceTransactionManager(dataSource));
    }
}
