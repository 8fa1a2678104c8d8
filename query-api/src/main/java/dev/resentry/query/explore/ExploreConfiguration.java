package dev.resentry.query.explore;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.explore.ExploreCopy;
import dev.resentry.storage.explore.ExploreFacetQueries;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import dev.resentry.storage.retention.Retention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of the explorer. */
@Configuration(proxyBeanMethods = false)
public class ExploreConfiguration {

    @Bean
    ExploreQuestions exploreQuestions(Searches searches, ProjectSelection projects, Retention retention) {
        return new ExploreQuestions(searches, projects, retention);
    }

    @Bean
    ExploreAnswers exploreAnswers(ExploreQueries rows, ExploreSeriesQueries series, ObjectProvider<ExploreCopy> copy) {
        return new ExploreAnswers(rows, series, copy.getIfAvailable());
    }

    @Bean
    CopiedEventController copiedEventController(
            ExploreAnswers answers, ExploreQuestions questions, QuerySettings settings) {
        return new CopiedEventController(answers, questions, settings.searchTimeout());
    }

    @Bean
    ExploreController exploreController(
            ExploreAnswers answers, ExploreFacetQueries facets, ExploreQuestions questions, QuerySettings settings) {
        return new ExploreController(answers, facets, questions, settings.searchTimeout());
    }

    @Bean
    ExploreExportController exploreExportController(
            ExploreQueries rows, ExploreQuestions questions, QuerySettings settings) {
        return new ExploreExportController(rows, questions, settings.searchTimeout());
    }
}
