package dev.resentry.standalone;

import dev.resentry.processor.ProcessorConfiguration;
import dev.resentry.query.QueryConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The processor and the API, in a context below the gateway's ({@link GatewayPart}). */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@Import({ProcessorConfiguration.class, QueryConfiguration.class})
class ServicesApplication {
    static final String CONFIG_NAMES = "resentry-kafka,resentry-database,resentry-notifications,resentry-clickhouse,"
            + "resentry-processor,resentry-query,resentry-standalone";
}
