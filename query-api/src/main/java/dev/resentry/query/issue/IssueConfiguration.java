package dev.resentry.query.issue;

import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.project.ProjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of issues. */
@Configuration(proxyBeanMethods = false)
public class IssueConfiguration {

    @Bean
    IssueController issueController(IssueQueries issues, IssueStore store, ProjectStore projects) {
        return new IssueController(issues, store, projects);
    }
}
