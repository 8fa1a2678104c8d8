package dev.resentry.query;

import dev.resentry.clickhouse.read.ClickHouseReadConfiguration;
import dev.resentry.query.access.AccessConfiguration;
import dev.resentry.query.agent.AgentConfiguration;
import dev.resentry.query.alert.AlertConfiguration;
import dev.resentry.query.artifact.ArtifactConfiguration;
import dev.resentry.query.auth.AuthConfiguration;
import dev.resentry.query.dashboard.DashboardConfiguration;
import dev.resentry.query.deadletter.DeadLetterConfiguration;
import dev.resentry.query.delivery.DeliveryConfiguration;
import dev.resentry.query.docs.DocsConfiguration;
import dev.resentry.query.envelope.EnvelopeConfiguration;
import dev.resentry.query.error.ErrorConfiguration;
import dev.resentry.query.event.EventConfiguration;
import dev.resentry.query.explore.ExploreConfiguration;
import dev.resentry.query.feedback.FeedbackConfiguration;
import dev.resentry.query.importing.ImportConfiguration;
import dev.resentry.query.installation.InstallationConfiguration;
import dev.resentry.query.issue.IssueConfiguration;
import dev.resentry.query.job.JobConfiguration;
import dev.resentry.query.ledger.LedgerConfiguration;
import dev.resentry.query.live.LiveConfiguration;
import dev.resentry.query.log.LogConfiguration;
import dev.resentry.query.mcp.McpConfiguration;
import dev.resentry.query.metrics.RequestMetricsConfiguration;
import dev.resentry.query.monitor.MonitorConfiguration;
import dev.resentry.query.organization.OrganizationConfiguration;
import dev.resentry.query.parameter.ParameterConfiguration;
import dev.resentry.query.performance.PerformanceConfiguration;
import dev.resentry.query.pipeline.PipelineConfiguration;
import dev.resentry.query.program.ProgramConfiguration;
import dev.resentry.query.project.ProjectConfiguration;
import dev.resentry.query.regroup.RegroupConfiguration;
import dev.resentry.query.release.ReleaseConfiguration;
import dev.resentry.query.replay.ReplayConfiguration;
import dev.resentry.query.repository.RepositoryConfiguration;
import dev.resentry.query.savedsearch.SavedSearchConfiguration;
import dev.resentry.query.search.SearchConfiguration;
import dev.resentry.query.sentry.SentryConfiguration;
import dev.resentry.query.sentry.SentryIssueConfiguration;
import dev.resentry.query.sentry.SentryWatchConfiguration;
import dev.resentry.query.signon.SignOnConfiguration;
import dev.resentry.query.start.StartConfiguration;
import dev.resentry.query.stats.StatsConfiguration;
import dev.resentry.query.storage.StorageConfiguration;
import dev.resentry.query.suggest.SuggestConfiguration;
import dev.resentry.query.symbolicate.SymbolicateConfiguration;
import dev.resentry.query.team.TeamConfiguration;
import dev.resentry.query.trace.TraceConfiguration;
import dev.resentry.query.uptime.UptimeConfiguration;
import dev.resentry.query.user.UserConfiguration;
import dev.resentry.query.webhook.WebhookApiConfiguration;
import dev.resentry.query.webui.WebUiConfiguration;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.service.health.Health;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.storage.QueryStorageConfiguration;
import dev.resentry.storage.process.ProcessRegistration;
import dev.resentry.storage.process.ProcessRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/** The parts of the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
@Import({
    ServiceRuntimeConfiguration.class,
    QueryStorageConfiguration.class,
    // What all requests have in common.
    AuthConfiguration.class,
    AccessConfiguration.class,
    ParameterConfiguration.class,
    ErrorConfiguration.class,
    DocsConfiguration.class,
    SignOnConfiguration.class,
    // What can be asked for.
    UserConfiguration.class,
    TeamConfiguration.class,
    OrganizationConfiguration.class,
    ProjectConfiguration.class,
    SearchConfiguration.class,
    IssueConfiguration.class,
    EventConfiguration.class,
    AgentConfiguration.class,
    McpConfiguration.class,
    ExploreConfiguration.class,
    // A copy that answers some of it.
    ClickHouseReadConfiguration.class,
    SymbolicateConfiguration.class,
    ReleaseConfiguration.class,
    RepositoryConfiguration.class,
    ArtifactConfiguration.class,
    AlertConfiguration.class,
    ProgramConfiguration.class,
    SentryConfiguration.class,
    SentryIssueConfiguration.class,
    SentryWatchConfiguration.class,
    EnvelopeConfiguration.class,
    LedgerConfiguration.class,
    TraceConfiguration.class,
    PerformanceConfiguration.class,
    FeedbackConfiguration.class,
    UptimeConfiguration.class,
    MonitorConfiguration.class,
    StatsConfiguration.class,
    SavedSearchConfiguration.class,
    SuggestConfiguration.class,
    DashboardConfiguration.class,
    JobConfiguration.class,
    ReplayConfiguration.class,
    ImportConfiguration.class,
    RegroupConfiguration.class,
    DeadLetterConfiguration.class,
    DeliveryConfiguration.class,
    StorageConfiguration.class,
    PipelineConfiguration.class,
    WebhookApiConfiguration.class,
    // What is told as it happens.
    LiveConfiguration.class,
    LogConfiguration.class,
    // What all requests are counted by.
    RequestMetricsConfiguration.class,
    // What the first start makes.
    InstallationConfiguration.class,
    // What a browser finds.
    StartConfiguration.class,
    WebUiConfiguration.class
})
public class QueryConfiguration {

    @Bean
    ProcessRegistration apiRegistration(ProcessDescription self, Health health, ProcessRegistry registry) {
        return new ProcessRegistration("api", self, health, registry);
    }

    /** Every path is answered with and without a final slash, and never by a redirect. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> finalSlashFilter() {
        var registration = new FilterRegistrationBean<>(
                UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
