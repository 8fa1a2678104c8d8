package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.Health;
import dev.resentry.service.health.HealthCheck;
import dev.resentry.service.work.ConcurrentStop;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The services of an installation: first the gateway, which needs nothing, then what needs the servers. */
final class Services implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);

    /** As long as a phase of a stop may take. */
    private static final Duration WORKERS_STOP_WITHIN = Duration.ofSeconds(4);

    private final ConfigurableApplicationContext gateway;
    private volatile @Nullable ConfigurableApplicationContext others;

    private Services(ConfigurableApplicationContext gateway) {
        this.gateway = gateway;
    }

    /**
     * Starts the gateway; when this returns, it takes envelopes.
     *
     * @param bootstrapServers where Kafka is, or will be
     */
    static Services startGateway(int port, DataDirectory directory, String bootstrapServers) {
        var application = new SpringApplication(GatewayPart.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return new Services(prepared(application)
                .run(
                        "--spring.config.name=" + GatewayPart.CONFIG_NAMES,
                        "--resentry.gateway.http.port=" + port,
                        "--resentry.gateway.spool.directory=" + directory.spool(),
                        "--resentry.kafka.bootstrap-servers=" + bootstrapServers,
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

    /**
     * What takes requests stops first; then nobody needs what it shares with the others. Whoever works in the background is asked
     * nothing by it and stops meanwhile, and so do streams, for whose end the gateway waits.
     */
    @Override
    public void close() {
        ConfigurableApplicationContext services = others;
        if (services == null) {
            gateway.close();
            return;
        }
        Collection<ConcurrentStop> workers =
                services.getBeansOfType(ConcurrentStop.class, false, false).values();
        var working = new CountDownLatch(workers.size());
        workers.forEach(worker -> worker.stop(working::countDown));
        gateway.stop();
        await(working);
        services.close();
        gateway.close();
    }

    /** Until the last of them has let go of what the others close. */
    private static void await(CountDownLatch working) {
        try {
            if (!working.await(WORKERS_STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} of the workers are still at it as their services stop", working.getCount());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static SpringApplication prepared(SpringApplication application) {
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        return application;
    }

    /** Waits for the database. */
    private static Map<String, Object> address(Servers servers, DataDirectory directory) {
        try {
            // A replica that the environment names is of another database.
            return Map.of("resentry.database.url", servers.databaseUrl(), "resentry.read-replica.url", "");
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
