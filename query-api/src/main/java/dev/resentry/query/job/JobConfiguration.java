package dev.resentry.query.job;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.job.JobStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of jobs. */
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {

    @Bean
    JobController jobController(JobStore jobs, ProjectAccess access, AuditLog audit) {
        return new JobController(jobs, access, audit);
    }
}
