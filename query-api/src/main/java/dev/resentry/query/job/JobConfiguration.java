package dev.resentry.query.job;

import dev.resentry.storage.job.JobStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of jobs. */
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {

    @Bean
    JobController jobController(JobStore jobs) {
        return new JobController(jobs);
    }
}
