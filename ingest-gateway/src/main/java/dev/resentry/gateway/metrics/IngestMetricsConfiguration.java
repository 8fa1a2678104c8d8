package dev.resentry.gateway.metrics;

import dev.resentry.gateway.http.RequestObserver;
import dev.resentry.gateway.outcome.OutcomeReporter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What counts requests and outcomes. */
@Configuration(proxyBeanMethods = false)
public class IngestMetricsConfiguration {

    @Bean
    RequestObserver requestObserver(MeterRegistry registry) {
        return new RejectionLog(new IngestMetrics(registry));
    }

    @Bean
    @Primary
    CountedOutcomes countedOutcomes(@Qualifier("outcomeReporter") OutcomeReporter reporter, MeterRegistry registry) {
        return new CountedOutcomes(reporter, registry);
    }
}
