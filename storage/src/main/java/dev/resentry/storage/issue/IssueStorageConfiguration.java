package dev.resentry.storage.issue;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Issues as people read and change them. */
@Configuration(proxyBeanMethods = false)
public class IssueStorageConfiguration {

    @Bean
    IssueQueries issueQueries(JdbcClient jdbc) {
        return new IssueQueries(jdbc);
    }

    @Bean
    IssueActivityStore issueActivityStore(DataSource dataSource, PlatformTransactionManager transactions) {
        return new IssueActivityStore(dataSource, transactions);
    }

    @Bean
    IssueStore issueStore(DataSource dataSource, PlatformTransactionManager transactions) {
        return new IssueStore(dataSource, transactions, InstantSource.system());
    }

    @Bean
    SimilarIssueQueries similarIssueQueries(JdbcClient jdbc) {
        return new SimilarIssueQueries(jdbc);
    }

    @Bean
    IssueTicketStore issueTicketStore(DataSource dataSource, PlatformTransactionManager transactions) {
        return new IssueTicketStore(dataSource, transactions);
    }
}
