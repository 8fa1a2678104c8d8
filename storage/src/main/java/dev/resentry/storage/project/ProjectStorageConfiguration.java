package dev.resentry.storage.project;

import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.job.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the stores of projects. */
@Configuration(proxyBeanMethods = false)
public class ProjectStorageConfiguration {

    /** Ticks as finely as the database keeps time, so that a project reads back as it was answered. */
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    @Bean
    ProjectStore projectStore(ProjectRepository projects, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new ProjectStore(projects, jdbc, new TransactionTemplate(transactions), CLOCK);
    }

    @Bean
    ProjectOutbox projectOutbox(JdbcClient jdbc, ProjectStore projects, PlatformTransactionManager transactions) {
        return new ProjectOutbox(jdbc, projects, new TransactionTemplate(transactions));
    }

    @Bean
    ProjectDeletion projectDeletion(
            JdbcClient jdbc,
            ProjectStore projects,
            JobStore jobs,
            DeletionReport report,
            PlatformTransactionManager transactions) {
        return new ProjectDeletion(jdbc, projects, jobs, report, new TransactionTemplate(transactions));
    }
}
