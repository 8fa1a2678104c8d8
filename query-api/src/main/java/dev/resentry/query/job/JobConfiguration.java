package dev.resentry.query.job;

import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobRunner;
import dev.resentry.storage.job.JobStore;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of jobs, and their worker, which does every kind that has a handler. */
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {

    @Bean
    JobController jobController(JobStore jobs) {
        return new JobController(jobs);
    }

    @Bean
    JobWorker jobWorker(JobStore jobs, List<JobHandler> handlers) {
        return new JobWorker(new JobRunner(jobs, handlers));
    }
}
