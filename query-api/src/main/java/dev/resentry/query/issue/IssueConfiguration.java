package dev.resentry.query.issue;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.project.ProjectGroupingRules;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.deletion.IssueDeletion;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.issue.IssueTicketStore;
import dev.resentry.storage.issue.SimilarIssueQueries;
import dev.resentry.storage.merge.IssueHashQueries;
import dev.resentry.storage.merge.IssueMerge;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.rollup.RollupQueries;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of issues. */
@Configuration(proxyBeanMethods = false)
public class IssueConfiguration {

    @Bean
    IssueController issueController(
            IssueQueries issues,
            EventQueries events,
            IssueActivityStore activity,
            ProjectSelection projects,
            IssueSelection selection,
            IssueAnswers answers,
            IssueChanges changes,
            Searches searches) {
        return new IssueController(
                issues, events, activity, projects, selection, answers, changes, searches, InstantSource.system());
    }

    @Bean
    ManyIssuesController manyIssuesController(IssueSelection selection, IssueChanges changes) {
        return new ManyIssuesController(selection, changes, InstantSource.system());
    }

    @Bean
    IssueAnswers issueAnswers(RollupQueries rollups) {
        return new IssueAnswers(rollups, InstantSource.system());
    }

    @Bean
    IssueActivityController issueActivityController(
            IssueActivityStore store, IssueSelection selection, IssueComments comments) {
        return new IssueActivityController(store, selection, comments);
    }

    @Bean
    IssueComments issueComments(IssueActivityStore store, AuditLog audit) {
        return new IssueComments(store, audit);
    }

    @Bean
    TicketController ticketController(
            IssueTicketStore tickets, RepositoryStore repositories, IssueSelection selection, QuerySettings settings) {
        return new TicketController(tickets, repositories, selection, settings.publicUrl());
    }

    @Bean
    MergeController mergeController(IssueSelection selection, IssueMerges merges, IssueHashQueries hashes) {
        return new MergeController(selection, merges, hashes);
    }

    @Bean
    IssueMerges issueMerges(IssueSelection selection, IssueMerge merge, AuditLog audit) {
        return new IssueMerges(selection, merge, audit);
    }

    @Bean
    IssueSelection issueSelection(IssueQueries issues, ProjectSelection projects, Searches searches) {
        return new IssueSelection(issues, projects, searches);
    }

    @Bean
    SimilarIssuesController similarIssuesController(
            IssueSelection selection, SimilarIssues similar, IssueAnswers answers) {
        return new SimilarIssuesController(selection, similar, answers);
    }

    @Bean
    SimilarIssues similarIssues(
            SimilarIssueQueries candidates, IssueQueries issues, ProjectProcessingStore processing) {
        return new SimilarIssues(candidates, issues, new ProjectGroupingRules(processing));
    }

    @Bean
    IssueChanges issueChanges(IssueStore store, IssueDeletion deletion, AuditLog audit) {
        return new IssueChanges(store, deletion, audit);
    }
}
