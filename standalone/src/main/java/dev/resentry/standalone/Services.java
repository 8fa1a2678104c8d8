package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.Health;
import dev.resentry.service.health.HealthCheck;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The services of an installation: first the gateway, which needs nothing, then what needs the servers. */
final class Services implements AutoCloseable {
    private final ConfigurableApplicationContext gateway;
    private volatile @Nullable ConfigurableApplicationContext others;

    private Services(ConfigurableApplicationContext gateway) {
        this.gateway = gateway;
    }

    /** Starts the gateway; when this returns, it takes envelopes. */
    static Services startGateway(int port, DataDirectory directory, Servers servers) {
        var application = new SpringApplication(GatewayPart.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return new Services(prepared(application)
                .run(
                        "--spring.config.name=" + GatewayPart.CONFIG_NAMES,
                        "--resentry.gateway.http.port=" + port,
                        "--resentry.gateway.spool.directory=" + directory.spool(),
                        "--resentry.kafka.bootstrap-servers=" + servers.bootstrapServers(),
                        "--resentry.kafka.topic-prefix=",
                        "--resentry.kafka.replication-factor=1"));
    }

    /**
     * Starts the processor and the API; when this returns, they take requests.
     *
     * @throws UserFacingException if the servers do not come up
     */
    ConfigurableApplicationContext startOthers(String publicUrl, DataDirectory directory, Servers servers) {
        var application = prepared(new SpringApplication(ServicesApplication.class));
        application.addInitializers(
                new ParentContextApplicationContextInitializer(gateway),
                // Until its beans are made a context needs no server, and what it does before takes about as long as
                // theirs to start. What is embedded wins over the environment, which may be meant for other programs.
                context -> context.addBeanFactoryPostProcessor(_ -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("embedded servers", address(servers, directory)))));
        ConfigurableApplicationContext started = application.run(
                "--spring.config.name=" + ServicesApplication.CONFIG_NAMES,
                // Where the gateway hands on what is for the API; nobody else reaches it.
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--resentry.kafka.bootstrap-servers=" + servers.bootstrapServers(),
                "--resentry.kafka.topic-prefix=",
                "--resentry.kafka.replication-factor=1",
                "--resentry.database.environment=development",
                "--resentry.query.public-url=" + publicUrl,
                "--resentry.alerts.public-url=" + publicUrl);
        others = started;
        gateway.getBean(GatewayPart.ApiPort.class)
                .set(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        gateway.getBean(Health.class)
                .askInstead(started.getBeanProvider(HealthCheck.class).stream().toList());
        awaitKafka(servers, directory);
        return started;
    }

    /** What takes requests stops first; then nobody needs what it shares with the others. */
    @Override
    public void close() {
        gateway.stop();
        ConfigurableApplicationContext services = others;
        if (services != null) {
            services.close();
        }
        gateway.close();
    }

    private static SpringApplication prepared(SpringApplication application) {
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        return application;
    }

    /** Waits for the database. */
    private static Map<String, Object> address(Servers servers, DataDirectory directory) {
        try {
            return Map.of("resentry.database.url", servers.databaseUrl());
        } catch (CompletionException e) {
            throw failure(e, directory);
        }
    }

    private static void awaitKafka(Servers servers, DataDirectory directory) {
        try {
            servers.awaitKafka();
        } catch (CompletionException e) {
            throw failure(e, directory);
        }
    }

    private static UserFacingException failure(CompletionException e, DataDirectory directory) {
        return new UserFacingException(CheckResult.Failed.of(e).cause() + "; see " + directory.run());
    }
}
