package dev.resentry.query;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.query.auth.AuthConfiguration;
import dev.resentry.query.docs.DocsConfiguration;
import dev.resentry.query.envelope.EnvelopeController;
import dev.resentry.query.envelope.ItemPayloads;
import dev.resentry.query.error.ErrorAdvice;
import dev.resentry.query.error.ErrorPageController;
import dev.resentry.query.error.UnmatchedRequestAdvice;
import dev.resentry.query.event.EventController;
import dev.resentry.query.installation.Installation;
import dev.resentry.query.issue.IssueController;
import dev.resentry.query.job.JobConfiguration;
import dev.resentry.query.metrics.RequestMetricsConfiguration;
import dev.resentry.query.project.ProjectConfiguration;
import dev.resentry.service.ServiceRuntimeConfiguration;
import dev.resentry.storage.QueryStorageConfiguration;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.user.UserStore;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.filter.UrlHandlerFilter;

/** The parts of the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
@Import({
    ServiceRuntimeConfiguration.class,
    QueryStorageConfiguration.class,
    AuthConfiguration.class,
    ProjectConfiguration.class,
    JobConfiguration.class,
    DocsConfiguration.class,
    RequestMetricsConfiguration.class
})
public class QueryConfiguration {
    /** What a processor accepts at most by default; a stored body was decoded once already. */
    private static final int MAX_DECODED_BYTES = 256 * 1024 * 1024;

    @Bean
    IssueController issueController(IssueQueries issues, ProjectStore projects) {
        return new IssueController(issues, projects);
    }

    @Bean
    EventController eventController(
            EventQueries events, EnvelopeQueries envelopes, IssueQueries issues, ProjectStore projects) {
        return new EventController(events, envelopes, issues, projects);
    }

    @Bean
    EnvelopeController envelopeController(EnvelopeQueries envelopes, ProjectStore projects) {
        return new EnvelopeController(envelopes, projects, new ItemPayloads(new BoundedDecoder(MAX_DECODED_BYTES)));
    }

    @Bean
    ErrorAdvice queryErrorAdvice() {
        return new ErrorAdvice();
    }

    @Bean
    UnmatchedRequestAdvice unmatchedRequestAdvice() {
        return new UnmatchedRequestAdvice();
    }

    @Bean
    ErrorPageController errorPageController() {
        return new ErrorPageController();
    }

    /** Completed as soon as it is made, so that nobody meets an installation without an administrator. */
    @Bean(initMethod = "complete")
    Installation installation(
            UserStore users, ProjectStore projects, PasswordEncoder passwords, QuerySettings settings) {
        return new Installation(users, projects, passwords, settings, Clock.systemUTC());
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
