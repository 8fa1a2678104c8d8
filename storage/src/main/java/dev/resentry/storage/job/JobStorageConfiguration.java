package dev.resentry.storage.job;

import dev.resentry.storage.signal.WorkSignals;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of jobs, and their worker, which does every kind that has a handler in this process. */
@Configuration(proxyBeanMethods = false)
public class JobStorageConfiguration {

    @Bean
    JobStore jobStore(JdbcClient jdbc) {
        return new JobStore(jdbc);
    }

    @Bean
    JobWorker jobWorker(JobStore jobs, ObjectProvider<JobHandler> handlers, WorkSignals signals) {
        return new JobWorker(jobs, handlers.orderedStream().toList(), signals);
    }
}
