package dev.resentry.query.metrics;

import dev.resentry.service.report.ErrorReports;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Requests as Spring names them: {@code http.server.requests} by method, template of the route, status and time. A path without
 * a route and one that is refused before it is matched have no template of their own, so that senders cannot make up series.
 */
@Configuration(proxyBeanMethods = false)
public class RequestMetricsConfiguration {
    private static final String REQUESTS = "http.server.requests";
    private static final double[] BUCKET_MILLIS = {5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000};

    /** Around everything else, so that what security refuses is counted too. */
    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> requestMetricsFilter(MeterRegistry registry) {
        // Of its own, as other libraries would observe themselves too if they found one in the context.
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        var registration = new FilterRegistrationBean<>(new ServerHttpObservationFilter(observations));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestTraceFilter> requestTraceFilter(ErrorReports reports) {
        var registration = new FilterRegistrationBean<>(new RequestTraceFilter(reports));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setEnabled(reports.areOn());
        return registration;
    }

    /** Also for whoever makes the registry before there is an API. */
    @Bean
    public static MeterFilter requestMetricsBuckets() {
        double[] nanos = Arrays.stream(BUCKET_MILLIS)
                .map(millis -> millis * Duration.ofMillis(1).toNanos())
                .toArray();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS)
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(nanos)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
