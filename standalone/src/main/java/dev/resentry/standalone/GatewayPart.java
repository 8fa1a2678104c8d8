package dev.resentry.standalone;

import dev.resentry.gateway.GatewayConfiguration;
import dev.resentry.gateway.http.FallbackHandler;
import dev.resentry.query.metrics.RequestMetricsConfiguration;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.Health;
import dev.resentry.service.health.HealthCheck;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The gateway, in a context of its own: it takes envelopes before there is a broker or a database, from the projects that it knew when
 * it last ran. Its port is that of the process; what is nothing to ingest goes on to the API, once that is up.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({LifecycleAutoConfiguration.class, ProjectInfoAutoConfiguration.class})
@Import(GatewayConfiguration.class)
class GatewayPart {
    static final String CONFIG_NAMES = "resentry-kafka,resentry-gateway,resentry-standalone";

    @Bean
    ApiPort apiPort() {
        return new ApiPort();
    }

    @Bean
    FallbackHandler queryApi(ApiPort port) {
        return new QueryApiForwarding(port::get);
    }

    /** Until the others are up, the process is not ready. */
    @Bean
    SmartInitializingSingleton unready(Health health, List<HealthCheck> checks) {
        List<HealthCheck> unready = new ArrayList<>(checks);
        unready.add(new ServicesStart());
        return () -> health.askInstead(unready);
    }

    /** The registry is shared with the API, which comes later. */
    @Bean
    MeterFilter requestMetricsBuckets() {
        return RequestMetricsConfiguration.requestMetricsBuckets();
    }

    /** Where the API listens: known once it does. */
    static final class ApiPort {
        private volatile int port;

        /** 0 while there is no API. */
        int get() {
            return port;
        }

        void set(int listening) {
            port = listening;
        }
    }

    /** Fails for as long as anybody asks it. */
    private static final class ServicesStart implements HealthCheck {
        @Override
        public String name() {
            return "services";
        }

        @Override
        public CheckResult check() {
            return new CheckResult.Failed("the processor and the API are starting");
        }
    }
}
