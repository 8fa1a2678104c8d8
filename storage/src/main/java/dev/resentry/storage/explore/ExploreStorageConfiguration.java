package dev.resentry.storage.explore;

import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What explores the data of SDKs. */
@Configuration(proxyBeanMethods = false)
public class ExploreStorageConfiguration {

    @Bean
    ExploreQueries exploreQueries(JdbcClient jdbc, @Qualifier(BoundedReads.BY_REPLICA) BoundedReads reads) {
        return new ExploreQueries(jdbc, new SearchCompiler(), reads);
    }

    @Bean
    ExploreSeriesQueries exploreSeriesQueries(
            JdbcClient jdbc, @Qualifier(BoundedReads.BY_REPLICA) BoundedReads reads, ExploreQueries groups) {
        return new ExploreSeriesQueries(jdbc, new SearchCompiler(), reads, groups);
    }

    @Bean
    ExploreFacetQueries exploreFacetQueries(JdbcClient jdbc, @Qualifier(BoundedReads.BY_REPLICA) BoundedReads reads) {
        return new ExploreFacetQueries(jdbc, new SearchCompiler(), reads);
    }
}
