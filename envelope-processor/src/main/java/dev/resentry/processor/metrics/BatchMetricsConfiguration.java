package dev.resentry.processor.metrics;

import dev.resentry.processor.consume.BatchObserver;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The observer of batches, which counts them. */
@Configuration(proxyBeanMethods = false)
public class BatchMetricsConfiguration {

    @Bean
    BatchObserver batchMetrics(MeterRegistry registry) {
        return new BatchMetrics(registry);
    }
}
