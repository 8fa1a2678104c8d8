package dev.resentry.storage.search;

import dev.resentry.storage.database.ReadReplicaSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Reads that have a time to be done in. */
@Configuration(proxyBeanMethods = false)
public class SearchStorageConfiguration {

    @Bean
    @Primary
    BoundedReads boundedReads(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new BoundedReads(jdbc, transactions);
    }

    /** For what nobody has changed just before who reads it. */
    @Bean(BoundedReads.BY_REPLICA)
    BoundedReads readsByReplica(BoundedReads reads, ReadReplicaSettings replica) {
        return replica.isGiven() ? reads.byReplica() : reads;
    }
}
