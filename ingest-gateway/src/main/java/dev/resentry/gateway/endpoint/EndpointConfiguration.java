package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.GatewaySettings;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.project.ProjectRequests;
import dev.resentry.gateway.publish.EnvelopePublisher;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What requests are answered by. */
@Configuration(proxyBeanMethods = false)
public class EndpointConfiguration {

    @Bean
    RequestAdmission requestAdmission(
            ProjectDirectory projects,
            ProjectRequests requests,
            SdkRequestHandler sdkRequests,
            ExecutorService gatewayExecutor,
            GatewaySettings settings) {
        return new RequestAdmission(
                projects,
                sdkRequests,
                new ReportHandler(projects, requests, sdkRequests, gatewayExecutor),
                settings.maxBodySize().toBytes());
    }

    @Bean
    SdkRequestHandler sdkRequests(
            EnvelopePublisher publisher, RateLimits limits, OutcomeReporter outcomes, ExecutorService gatewayExecutor) {
        return new SdkRequestHandler(publisher, limits, outcomes, gatewayExecutor, Clock.systemUTC());
    }
}
