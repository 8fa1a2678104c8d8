package dev.resentry.query.search;

import dev.resentry.query.QuerySettings;
import dev.resentry.storage.search.BoundedReads;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The search language in the API. */
@Configuration(proxyBeanMethods = false)
public class SearchConfiguration {

    @Bean
    Searches searches(BoundedReads reads, QuerySettings settings) {
        return new Searches(reads, settings.searchTimeout(), InstantSource.system());
    }

    @Bean
    SearchFieldController searchFieldController() {
        return new SearchFieldController();
    }
}
