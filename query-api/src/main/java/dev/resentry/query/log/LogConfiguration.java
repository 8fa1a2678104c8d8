package dev.resentry.query.log;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.log.CommittedLogs;
import dev.resentry.storage.log.LogQueries;
import dev.resentry.storage.search.BoundedReads;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The API of logs. */
@Configuration(proxyBeanMethods = false)
public class LogConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    LogController logController(
            LogQueries logs,
            @Qualifier(BoundedReads.BY_REPLICA) BoundedReads reads,
            QuerySettings settings,
            Searches searches,
            ProjectSelection projects) {
        return new LogController(logs, reads, settings.searchTimeout(), searches, projects, CLOCK);
    }

    @Bean
    LogTail logTail(CommittedLogs committed) {
        return new LogTail(
                committed,
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build(),
                CLOCK);
    }

    @Bean
    LogTailController logTailController(LogTail tail, ProjectSelection projects, Searches searches) {
        return new LogTailController(tail, projects, searches);
    }
}
