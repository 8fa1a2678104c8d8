package dev.resentry.query.sentry;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.envelope.AttachmentFiles;
import dev.resentry.query.explore.ExploreQuestions;
import dev.resentry.query.issue.IssueAnswers;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueComments;
import dev.resentry.query.issue.IssueMerges;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.explore.ExploreFacetQueries;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.merge.IssueHashQueries;
import dev.resentry.storage.performance.TraceErrorQueries;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.session.SessionQueries;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.transaction.TransactionQueries;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Sentry's tools read and change of issues, events and what is made of them. */
@Configuration(proxyBeanMethods = false)
public class SentryIssueConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    SentryIssues sentryIssues(
            IssueSelection selection,
            IssueAnswers answers,
            RollupQueries rollups,
            EventQueries events,
            ProjectSelection projects,
            Searches searches) {
        return new SentryIssues(selection, answers, rollups, events, projects, searches, CLOCK);
    }

    @Bean
    SentryIssueListController sentryIssueListController(
            IssueQueries queries,
            IssueSelection selection,
            IssueChanges changes,
            IssueMerges merges,
            SentryIssues issues,
            SentrySelection where,
            Searches searches,
            UserStore users) {
        return new SentryIssueListController(
                queries, selection, changes, merges, issues, where, searches, users, CLOCK);
    }

    @Bean
    SentryIssueController sentryIssueController(
            IssueSelection selection,
            IssueChanges changes,
            IssueActivityStore activity,
            RollupQueries rollups,
            FeedbackQueries feedback,
            SentryIssues issues,
            SentrySelection where,
            UserStore users) {
        return new SentryIssueController(selection, changes, activity, rollups, feedback, issues, where, users, CLOCK);
    }

    @Bean
    SentryIssuePartsController sentryIssuePartsController(
            IssueActivityStore activity,
            IssueComments comments,
            IssueMerges merges,
            IssueHashQueries hashes,
            RollupQueries rollups,
            SentryIssues issues,
            SentrySelection where) {
        return new SentryIssuePartsController(activity, comments, merges, hashes, rollups, issues, where);
    }

    @Bean
    SentryEventController sentryEventController(
            EventQueries events,
            ProjectSelection projects,
            Searches searches,
            SentryIssues issues,
            SentrySelection where) {
        return new SentryEventController(events, projects, searches, issues, where, CLOCK);
    }

    @Bean
    SentryAttachmentController sentryAttachmentController(
            EventQueries events, AttachmentQueries attachments, AttachmentFiles files, SentrySelection where) {
        return new SentryAttachmentController(events, attachments, files, where);
    }

    @Bean
    DiscoverController discoverController(
            ExploreQueries rows, ExploreQuestions questions, SentrySelection where, QuerySettings settings) {
        return new DiscoverController(rows, questions, where, settings.searchTimeout(), CLOCK);
    }

    @Bean
    DiscoverSeries discoverSeries(ExploreSeriesQueries series, ExploreQuestions questions, QuerySettings settings) {
        return new DiscoverSeries(series, questions, settings.searchTimeout());
    }

    @Bean
    DiscoverSeriesController discoverSeriesController(
            DiscoverSeries series,
            ExploreFacetQueries facets,
            ExploreQuestions questions,
            SentrySelection where,
            QuerySettings settings) {
        return new DiscoverSeriesController(series, facets, questions, where, settings.searchTimeout(), CLOCK);
    }

    @Bean
    DiscoverTimeSeriesController discoverTimeSeriesController(
            DiscoverSeries series, ExploreQuestions questions, SentrySelection where) {
        return new DiscoverTimeSeriesController(series, questions, where, CLOCK);
    }

    @Bean
    SentryTraceController sentryTraceController(
            TransactionQueries transactions,
            SpanQueries spans,
            TraceErrorQueries errors,
            ProjectSelection projects,
            SentrySelection where) {
        return new SentryTraceController(transactions, spans, errors, projects, where);
    }

    @Bean
    SentryFeedbackController sentryFeedbackController(
            FeedbackQueries feedback, SentryIssues issues, SentrySelection where) {
        return new SentryFeedbackController(feedback, issues, where);
    }

    @Bean
    SentryStatsController sentryStatsController(
            LedgerQueries ledger, ProjectSelection projects, SentrySelection where) {
        return new SentryStatsController(ledger, projects, where, CLOCK);
    }

    @Bean
    SentrySessionController sentrySessionController(
            SessionQueries sessions, ProjectStore store, ProjectSelection projects, SentrySelection where) {
        return new SentrySessionController(sessions, store, projects, where, CLOCK);
    }

    @Bean
    SentryAbsentController sentryAbsentController(SentrySelection where, SentryIssues issues) {
        return new SentryAbsentController(where, issues);
    }

    @Bean
    IssuePageController issuePageController() {
        return new IssuePageController();
    }
}
