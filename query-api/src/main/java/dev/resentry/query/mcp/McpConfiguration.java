package dev.resentry.query.mcp;

import dev.resentry.query.agent.AgentIssues;
import dev.resentry.query.issue.IssueAnswers;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.ledger.LedgerLookup;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.ReleaseHealth;
import dev.resentry.query.replay.ReplayEstimates;
import dev.resentry.query.search.Searches;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.release.ReleaseQueries;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The tools of agents. */
@Configuration(proxyBeanMethods = false)
public class McpConfiguration {

    @Bean
    DataAnswers dataAnswers(JsonMapper json) {
        return new DataAnswers(json);
    }

    @Bean
    IssueTools issueTools(
            IssueQueries issues,
            IssueSelection selection,
            IssueAnswers answers,
            IssueChanges changes,
            ProjectSelection projects,
            Searches searches,
            AgentIssues accounts,
            DataAnswers texts,
            JsonMapper json) {
        return new IssueTools(
                issues, selection, answers, changes, projects, searches, accounts, texts, json, InstantSource.system());
    }

    @Bean
    EventTools eventTools(
            EventQueries events,
            IssueSelection issues,
            ProjectSelection projects,
            Searches searches,
            AgentIssues accounts,
            DataAnswers texts,
            JsonMapper json) {
        return new EventTools(events, issues, projects, searches, accounts, texts, json);
    }

    @Bean
    OperationTools operationTools(
            ProjectSelection projects,
            ReleaseQueries releases,
            ReleaseHealth health,
            LedgerLookup ledger,
            ReplayEstimates replays,
            DataAnswers texts) {
        return new OperationTools(projects, releases, health, ledger, replays, texts);
    }

    @Bean
    ServletRegistrationBean<ToolServlet> toolServlet(
            IssueTools issues, EventTools events, OperationTools operations, ProcessDescription self) {
        String version = self.version();
        var servlet = new ToolServlet(() -> new ToolServer(
                Stream.of(issues.all(), events.all(), operations.all())
                        .flatMap(List::stream)
                        .toList(),
                version == null ? "unversioned" : version));
        var registration = new ServletRegistrationBean<>(servlet, ToolServer.PATH);
        registration.setName("mcp");
        registration.setAsyncSupported(true);
        return registration;
    }
}
