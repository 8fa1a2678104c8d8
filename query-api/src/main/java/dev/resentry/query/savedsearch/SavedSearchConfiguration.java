package dev.resentry.query.savedsearch;

import dev.resentry.query.access.AuditLog;
import dev.resentry.storage.savedsearch.RecentSearches;
import dev.resentry.storage.savedsearch.SavedSearchStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of saved and recent searches. */
@Configuration(proxyBeanMethods = false)
public class SavedSearchConfiguration {

    @Bean
    SavedSearchController savedSearchController(SavedSearchStore searches, AuditLog audit) {
        return new SavedSearchController(searches, audit, InstantSource.system());
    }

    @Bean
    RecentSearchController recentSearchController(RecentSearches searches, AuditLog audit) {
        return new RecentSearchController(searches, audit, InstantSource.system());
    }
}
