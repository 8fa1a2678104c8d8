package dev.resentry.standalone;

import dev.resentry.gateway.GatewayConfiguration;
import dev.resentry.gateway.http.FallbackHandler;
import dev.resentry.processor.ProcessorConfiguration;
import dev.resentry.query.QueryConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The three services in one context on one port, which is the gateway's; what is nothing to ingest goes on to the API. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@Import({GatewayConfiguration.class, ProcessorConfiguration.class, QueryConfiguration.class})
class StandaloneApplication {
    static final String CONFIG_NAMES =
            "resentry-kafka,resentry-database,resentry-notifications,resentry-gateway,resentry-processor,resentry-query,resentry-standalone";

    @Bean
    FallbackHandler queryApi(Environment environment) {
        return new QueryApiForwarding(() -> environment.getRequiredProperty("local.server.port", Integer.class));
    }
}
