package dev.resentry.processor.issue;

import dev.resentry.storage.issue.state.IssueStateSweep;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What makes issues follow time. */
@Configuration(proxyBeanMethods = false)
public class IssueStateConfiguration {

    @Bean
    IssueStateWorker issueStateWorker(IssueStateSweep sweep) {
        return new IssueStateWorker(sweep, InstantSource.system());
    }
}
