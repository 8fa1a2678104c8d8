package dev.resentry.storage.explore;

import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What explores the data of SDKs. */
@Configuration(proxyBeanMethods = false)
public class ExploreStorageConfiguration {

    @Bean
    ExploreQueries exploreQueries(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new ExploreQueries(jdbc, new SearchCompiler(), new BoundedReads(jdbc, transactions));
    }

    @Bean
    ExploreSeriesQueries exploreSeriesQueries(
            JdbcClient jdbc, PlatformTransactionManager transactions, ExploreQueries groups) {
        return new ExploreSeriesQueries(jdbc, new SearchCompiler(), new BoundedReads(jdbc, transactions), groups);
    }

    @Bean
    ExploreFacetQueries exploreFacetQueries(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new ExploreFacetQueries(jdbc, new SearchCompiler(), new BoundedReads(jdbc, transactions));
    }
}
