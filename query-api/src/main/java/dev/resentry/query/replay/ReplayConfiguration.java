package dev.resentry.query.replay;

import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.project.ProjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of replays; processors do them. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

    @Bean
    ReplayController replayController(JobStore jobs, ProjectStore projects) {
        return new ReplayController(jobs, projects);
    }
}
