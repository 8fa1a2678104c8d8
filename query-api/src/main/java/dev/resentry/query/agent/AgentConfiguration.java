package dev.resentry.query.agent;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.event.EventGroupings;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.issue.SimilarIssues;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.repository.EventSources;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.release.ReleaseQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What agents are told of issues. */
@Configuration(proxyBeanMethods = false)
public class AgentConfiguration {

    @Bean
    AgentIssues agentIssues(
            IssueSelection selection,
            ProjectSelection projects,
            EventQueries events,
            IssueQueries issues,
            ReleaseQueries releases,
            EventSources sources,
            EventGroupings groupings,
            SimilarIssues similar,
            QuerySettings settings,
            JsonMapper json) {
        return new AgentIssues(
                selection,
                projects,
                events,
                new AgentFindings(events, issues, releases, sources, groupings, similar, settings.publicUrl()),
                json);
    }

    @Bean
    AgentController agentController(AgentIssues issues) {
        return new AgentController(issues);
    }
}
