package dev.resentry.gateway.outcome;

import dev.resentry.gateway.GatewayRun;
import dev.resentry.service.topic.KafkaSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reporter of outcomes to Kafka, and its meters. */
@Configuration(proxyBeanMethods = false)
public class OutcomeConfiguration {

    @Bean
    KafkaOutcomeReporter outcomeReporter(KafkaSettings kafka, GatewayRun run, MeterRegistry registry) {
        var outcomes = new KafkaOutcomeReporter(kafka, Clock.systemUTC(), run.id());
        Gauge.builder("resentry.ingest.outcomes.waiting", outcomes, KafkaOutcomeReporter::waiting)
                .description("Sums of outcomes that are not on the topic yet")
                .register(registry);
        FunctionCounter.builder("resentry.ingest.outcomes.lost", outcomes, KafkaOutcomeReporter::lost)
                .description("What is not let through and could not be accounted for")
                .register(registry);
        return outcomes;
    }
}
