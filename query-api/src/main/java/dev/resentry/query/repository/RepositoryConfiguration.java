package dev.resentry.query.repository;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.release.ReleaseSourceQueries;
import dev.resentry.storage.repository.RepositoryStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of repositories. */
@Configuration(proxyBeanMethods = false)
public class RepositoryConfiguration {

    @Bean
    RepositoryController repositoryController(
            RepositoryStore repositories,
            ReleaseSourceQueries sources,
            ProjectStore projects,
            ProjectAccess access,
            AuditLog audit) {
        return new RepositoryController(repositories, sources, projects, access, audit);
    }

    @Bean
    EventCodeController eventCodeController(EventQueries events, ProjectSelection projects, EventSources sources) {
        return new EventCodeController(events, projects, sources);
    }

    @Bean
    EventSources eventSources(RepositoryStore repositories, ReleaseSourceQueries sources) {
        return new EventSources(repositories, sources);
    }
}
