package dev.resentry.query.performance;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.performance.EndpointQueries;
import dev.resentry.storage.performance.EndpointSamples;
import dev.resentry.storage.performance.StatementQueries;
import dev.resentry.storage.search.BoundedReads;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of performance. */
@Configuration(proxyBeanMethods = false)
public class PerformanceConfiguration {

    @Bean
    EndpointController endpointController(
            EndpointQueries endpoints,
            EndpointSamples samples,
            ProjectSelection projects,
            @Qualifier(BoundedReads.BY_REPLICA) BoundedReads reads,
            QuerySettings settings) {
        return new EndpointController(
                endpoints, samples, projects, reads, settings.searchTimeout(), InstantSource.system());
    }

    @Bean
    StatementController statementController(
            StatementQueries statements,
            ProjectSelection projects,
            @Qualifier(BoundedReads.BY_REPLICA) BoundedReads reads,
            QuerySettings settings) {
        return new StatementController(statements, projects, reads, settings.searchTimeout(), InstantSource.system());
    }
}
