package dev.resentry.query.stats;

import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.ReleaseSelection;
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
    IssueStatsController issueStatsController(RollupQueries rollups, IssueQueries issues, ProjectAccess access) {
        return new IssueStatsController(rollups, issues, access, InstantSource.system());
    }

    @Bean
    ReleaseStatsController releaseStatsController(RollupQueries rollups, ReleaseSelection releases) {
        return new ReleaseStatsController(rollups, releases, InstantSource.system());
    }

    @Bean
    EnvironmentController environmentController(RollupQueries rollups, ProjectSelection projects) {
        return new EnvironmentController(rollups, projects, InstantSource.system());
    }

    @Bean
    ProjectStatsController projectStatsController(RollupQueries rollups, ProjectStore projects, ProjectAccess access) {
        return new ProjectStatsController(rollups, projects, access, InstantSource.system());
    }
}
