package dev.resentry.standalone;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.blob.BlobSettings;
import dev.resentry.storage.database.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;

/**
 * What commands that ask PostgreSQL and Kafka themselves are told by the environment, by the same names as the services.
 *
 * @param databaseGiven whether it names a database
 * @param kafkaGiven whether it names a broker
 */
record CommandSettings(
        DatabaseSettings database, KafkaSettings kafka, BlobSettings blobs, boolean databaseGiven, boolean kafkaGiven) {

    /** Servers that run somewhere else. */
    static CommandSettings external() {
        return read(List.of("--spring.config.name=resentry-kafka,resentry-database"));
    }

    /** Whether the environment or a file {@code .env} may name servers: reading them takes a second. */
    static boolean mayNameServers() {
        return System.getenv("DATABASE_URL") != null
                || System.getenv("DATABASE_HOST") != null
                || Files.exists(Path.of(".env"));
    }

    /** Servers that belong to a data directory; they win over the environment, as they do for {@code up}. */
    static CommandSettings embedded(String databaseUrl, String bootstrapServers) {
        return read(List.of(
                "--spring.config.name=resentry-kafka,resentry-database,resentry-standalone",
                "--resentry.database.url=" + databaseUrl,
                "--resentry.kafka.bootstrap-servers=" + bootstrapServers,
                "--resentry.kafka.topic-prefix=",
                "--resentry.kafka.replication-factor=1"));
    }

    private static CommandSettings read(List<String> arguments) {
        // The commands have their log already.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        var application = new SpringApplication(Settings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        try (var context = application.run(arguments.toArray(String[]::new))) {
            Environment environment = context.getEnvironment();
            return new CommandSettings(
                    context.getBean(DatabaseSettings.class),
                    context.getBean(KafkaSettings.class),
                    context.getBean(BlobSettings.class),
                    isSet(environment, "DATABASE_URL") || isSet(environment, "DATABASE_HOST"),
                    isSet(environment, "KAFKA_BOOTSTRAP_SERVERS"));
        }
    }

    private static boolean isSet(Environment environment, String name) {
        return !environment.getProperty(name, "").isBlank();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties({DatabaseSettings.class, KafkaSettings.class, BlobSettings.class})
    static class Settings {}
}
