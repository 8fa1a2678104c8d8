package dev.resentry.query.explore;

import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.explore.ExploreFacetQueries;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import dev.resentry.storage.retention.Retention;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of the explorer. */
@Configuration(proxyBeanMethods = false)
public class ExploreConfiguration {

    @Bean
    ExploreQuestions exploreQuestions(ProjectSelection projects, Retention retention) {
        return new ExploreQuestions(projects, retention, InstantSource.system());
    }

    @Bean
    ExploreController exploreController(
            ExploreQueries rows, ExploreSeriesQueries series, ExploreFacetQueries facets, ExploreQuestions questions) {
        return new ExploreController(rows, series, facets, questions, Duration.ofSeconds(10));
    }

    @Bean
    ExploreExportController exploreExportController(ExploreQueries rows, ExploreQuestions questions) {
        return new ExploreExportController(rows, questions, Duration.ofSeconds(10));
    }
}
