package dev.resentry.query.stats;

import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.rollup.RollupQueries;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of statistics. */
@Configuration(proxyBeanMethods = false)
public class StatsConfiguration {

    @Bean
    IssueStatsController issueStatsController(RollupQueries rollups, IssueQueries issues) {
        return new IssueStatsController(rollups, issues, InstantSource.system());
    }

    @Bean
    ProjectStatsController projectStatsController(RollupQueries rollups, ProjectStore projects) {
        return new ProjectStatsController(rollups, projects, InstantSource.system());
    }
}
