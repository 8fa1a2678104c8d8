package dev.resentry.query;

import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.SchemaMigration;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The API as a process of its own; with the argument {@code migrate} it brings the schema up to date and ends. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(QueryConfiguration.class)
public class QueryApplication {
    /** The configuration files this service reads from its class path. */
    public static final String CONFIG_NAMES =
            "resentry-kafka,resentry-database,resentry-notifications,resentry-clickhouse,resentry-query";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", CONFIG_NAMES);
        if (args.length == 1 && args[0].equals("migrate")) {
            migrate();
        } else {
            SpringApplication.run(QueryApplication.class, args);
        }
    }

    private static void migrate() {
        var application = new SpringApplication(Settings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run()) {
            SchemaMigration.migrate(context.getBean(DatabaseSettings.class));
            LoggerFactory.getLogger(QueryApplication.class).info("The schema is current");
        }
    }

    /** Just the settings: migrating needs nothing else of the service. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(DatabaseSettings.class)
    static class Settings {}
}
