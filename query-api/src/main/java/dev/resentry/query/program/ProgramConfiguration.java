package dev.resentry.query.program;

import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.issue.IssueQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of issues for programs. */
@Configuration(proxyBeanMethods = false)
public class ProgramConfiguration {

    @Bean
    ProgramIssueController programIssueController(
            IssueQueries issues, IssueSelection selection, IssueChanges changes, ProjectSelection projects) {
        return new ProgramIssueController(issues, selection, changes, projects);
    }
}
