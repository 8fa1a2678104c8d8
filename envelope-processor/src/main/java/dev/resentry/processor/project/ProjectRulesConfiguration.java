package dev.resentry.processor.project;

import dev.resentry.storage.issue.GroupingStrategies;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.signal.WorkSignals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules of projects, from the database. */
@Configuration(proxyBeanMethods = false)
public class ProjectRulesConfiguration {

    @Bean
    StoredProjectRules projectRules(
            ProjectProcessingStore processing, GroupingStrategies strategies, WorkSignals signals) {
        return new StoredProjectRules(processing, strategies, signals);
    }
}
