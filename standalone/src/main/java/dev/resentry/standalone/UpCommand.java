package dev.resentry.standalone;

import dev.resentry.embedded.DataDirectory;
import dev.resentry.embedded.DataDirectoryException;
import dev.resentry.embedded.FreePort;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.model.project.Dsn;
import dev.resentry.query.auth.AccessTokens;
import dev.resentry.query.installation.Installation;
import dev.resentry.service.topic.TopicProvisioner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything in this process and stays until it is stopped. */
@Command(name = "up", description = "Start Resentry, with Kafka and PostgreSQL inside.")
final class UpCommand implements Runnable {
    private static final Duration CLI_TOKEN_LIFETIME = Duration.ofHours(1);

    /** Often enough that the commands work soon after the machine has slept. */
    private static final Duration RENEW_CLI_TOKEN_EVERY = Duration.ofMinutes(5);

    @Option(names = "--port", defaultValue = "${env:PORT:-9000}", description = "The one port (default: 9000).")
    private int port;

    @Option(
            names = "--flush-every-message",
            description = "Have each envelope on the disk before it is acknowledged: a power cut costs nothing then. "
                    + "Without it one can cost the last second; the death of a process never costs anything.")
    private boolean flushEveryMessage;

    @Option(
            names = "--stop-when-ready",
            hidden = true,
            description =
                    "Stop as soon as everything is up, on any free port: a start for the JVM to record in its cache.")
    private boolean stopWhenReady;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        var progress = new Progress(System.out);
        System.out.printf("Starting Resentry %s%n", ResentryCommand.version());
        if (stopWhenReady) {
            port = FreePort.find();
        }
        requireFreePort();
        DataDirectory directory = openData();
        System.setProperty("resentry.log.directory", directory.run().toString());
        // Set up before several threads log at once, of which SLF4J would complain.
        var _ = LoggerFactory.getILoggerFactory();
        var stopped = new CountDownLatch(1);
        var instanceFile = new InstanceFile(data.directory());
        var running = new Running(directory, instanceFile, stopped);
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "stop"));
        var servers = Servers.start(directory, flushEveryMessage, progress);
        running.servers = servers;
        var services = Services.startGateway(port, directory, servers.bootstrapServers());
        running.services = services;
        progress.done("the gateway takes envelopes");
        ConfigurableApplicationContext context = services.startOthers(publicUrl(), directory, servers);
        progress.done("the services are up");
        awaitProjects(context);
        if (stopWhenReady) {
            return;
        }
        Supplier<Instance> instance = instance(context, servers);
        instanceFile.write(instance.get());
        announce(context, instance.get());
        try (var memory = new IdleMemory()) {
            memory.start();
            while (!stopped.await(RENEW_CLI_TOKEN_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                renew(instanceFile, instance);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireFreePort() {
        if (port < 1 || port > 65535) {
            throw new UserFacingException("--port: %d (expected: 1 to 65535)".formatted(port));
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new UserFacingException(
                    "Port %d is in use (%s); choose another with --port".formatted(port, e.getMessage()));
        }
    }

    private DataDirectory openData() {
        try {
            return DataDirectory.open(data.directory(), ResentryCommand.version(), DataDirectory.MIN_FREE_BYTES);
        } catch (DataDirectoryException e) {
            throw new UserFacingException(String.valueOf(e.getMessage()));
        }
    }

    private String publicUrl() {
        String configured = System.getenv("RESENTRY_PUBLIC_URL");
        return configured == null || configured.isBlank() ? "http://localhost:" + port : configured;
    }

    /** Everything is up once the gateway knows the first project. */
    private static void awaitProjects(ConfigurableApplicationContext context) {
        try {
            context.getBean(TopicProvisioner.class).awaitProvisioned();
            var projects = context.getBean(ProjectDirectory.class);
            Dsn dsn = context.getBean(Installation.class).firstDsn().orElse(null);
            while (context.isActive()
                    && (!projects.isComplete()
                            || (dsn != null && projects.find(dsn.projectId()).isEmpty()))) {
                Thread.sleep(10);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each has a new token, which ends with this process. */
    private Supplier<Instance> instance(ConfigurableApplicationContext context, Servers servers) {
        var tokens = context.getBean(AccessTokens.class);
        long pid = ProcessHandle.current().pid();
        String url = "http://localhost:" + port;
        String dsn = context.getBean(Installation.class)
                .firstDsn()
                .map(Dsn::toString)
                .orElse("");
        return () -> new Instance(
                pid,
                url,
                dsn,
                tokens.issueForThisRun(CLI_TOKEN_LIFETIME),
                servers.databaseUrl(),
                servers.bootstrapServers());
    }

    private static void renew(InstanceFile file, Supplier<Instance> instance) {
        try {
            file.write(instance.get());
        } catch (UserFacingException e) {
            // What runs goes on running; the token that was written last still holds for a while.
            System.err.println("resentry: " + e.getMessage());
        }
    }

    private void announce(ConfigurableApplicationContext context, Instance instance) {
        var installation = context.getBean(Installation.class);
        System.out.println(new Announcement(
                        instance.url(),
                        instance.dsn(),
                        installation.adminEmail(),
                        installation.generatedPassword(),
                        data.directory().toAbsolutePath().normalize())
                .text());
    }

    /** What runs, and how it is stopped: first what takes requests, last what keeps data. */
    private static final class Running {
        private final DataDirectory directory;
        private final InstanceFile instanceFile;
        private final CountDownLatch stopped;
        private volatile @Nullable Services services;
        private volatile @Nullable Servers servers;

        Running(DataDirectory directory, InstanceFile instanceFile, CountDownLatch stopped) {
            this.directory = directory;
            this.instanceFile = instanceFile;
            this.stopped = stopped;
        }

        void stop() {
            System.out.println("Stopping");
            for (AutoCloseable part : parts()) {
                try {
                    part.close();
                } catch (Exception e) {
                    System.err.println("resentry: a part did not stop cleanly: " + e);
                }
            }
            stopped.countDown();
        }

        private List<AutoCloseable> parts() {
            Services contexts = services;
            Servers embedded = servers;
            AutoCloseable nothing = () -> {};
            return List.of(
                    instanceFile,
                    contexts == null ? nothing : contexts,
                    embedded == null ? nothing : embedded,
                    directory);
        }
    }
}
