package dev.resentry.query.replay;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.replay.ReplayableEnvelopes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of replays; processors do them. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

    @Bean
    ReplayController replayController(JobStore jobs, ProjectStore projects, ProjectAccess access, AuditLog audit) {
        return new ReplayController(jobs, projects, access, audit);
    }

    @Bean
    ReplayEstimateController replayEstimateController(ReplayEstimates estimates) {
        return new ReplayEstimateController(estimates);
    }

    @Bean
    ReplayEstimates replayEstimates(ReplayableEnvelopes envelopes, JobStore jobs) {
        return new ReplayEstimates(envelopes, jobs);
    }
}
