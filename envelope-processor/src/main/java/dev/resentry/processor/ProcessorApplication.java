package dev.resentry.processor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The processor as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
// The hot path speaks JDBC, and the consumers are made in EnvelopeConsumers.
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@Import(ProcessorConfiguration.class)
public class ProcessorApplication {
    /** The configuration files this service reads from its class path. */
    public static final String CONFIG_NAMES =
            "resentry-kafka,resentry-database,resentry-notifications,resentry-clickhouse,resentry-processor";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", CONFIG_NAMES);
        SpringApplication.run(ProcessorApplication.class, args);
    }
}
