package dev.resentry.query.regroup;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.regroup.RegroupStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of regroups; processors do them. */
@Configuration(proxyBeanMethods = false)
public class RegroupConfiguration {

    @Bean
    RegroupController regroupController(
            RegroupStore regroups,
            ProjectStore projects,
            ProjectProcessingStore processing,
            ProjectAccess access,
            AuditLog audit) {
        return new RegroupController(regroups, projects, processing, access, audit);
    }

    @Bean
    RegroupChangesController regroupChangesController(RegroupStore regroups, ProjectAccess access) {
        return new RegroupChangesController(regroups, access);
    }
}
