package dev.resentry.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one registry of a process, which its services share, and what every JVM can say of itself. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    /** @param filters every service's, applied before the first meter is registered */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    PrometheusMeterRegistry meterRegistry(ObjectProvider<MeterFilter> filters) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        filters.orderedStream().forEach(registry.config()::meterFilter);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        return registry;
    }

    /** Listens to the garbage collectors, until it is closed. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    JvmGcMetrics gcMetrics(MeterRegistry registry) {
        var metrics = new JvmGcMetrics();
        metrics.bindTo(registry);
        return metrics;
    }

    /** Where the web framework serves; the gateway answers {@code /metrics} by itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        MetricsController metricsController(PrometheusMeterRegistry registry) {
            return new MetricsController(registry);
        }
    }
}
