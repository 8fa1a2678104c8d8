package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service in a JVM of its own, started from its unpacked executable jar. */
final class ServiceProcess implements AutoCloseable {
    private final String name;
    private final int port;
    private final Process process;

    private ServiceProcess(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** Starts a module with these environment variables; does not wait for it. */
    static ServiceProcess start(String module, String name, int port, Map<String, String> environment) {
        return start(module, name, port, environment, "-Xmx320m");
    }

    static ServiceProcess start(String module, String name, int port, Map<String, String> environment, String heap) {
        List<String> command = new ArrayList<>(List.of(heap));
        command.addAll(launch(module));
        return start(command, Path.of("."), name, port, environment);
    }

    /** Starts a JVM with these options, jar and arguments in a directory. */
    static ServiceProcess start(
            List<String> arguments, Path directory, String name, int port, Map<String, String> environment) {
        List<String> command = new ArrayList<>(
                List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(arguments);
        try {
            Path log = log(name);
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            builder.environment().put("PORT", Integer.toString(port));
            return new ServiceProcess(name, port, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path log(String name) {
        return Path.of("target", "logs", name + ".log");
    }

    static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** The options and the jar that run a module as its image does: unpacked, and with a cache of the start where one is made. */
    static List<String> launch(String module) {
        if (module.equals("ingest-gateway")) {
            Path app = Path.of("..", module, "target", "app");
            Path cache = absolute(app.resolve("gateway.aot"));
            assertThat(cache).exists();
            // The JVM warns of single entries of a cache that it does not use.
            return List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=error", "-jar", jarIn(app));
        }
        return List.of("-jar", jarIn(Path.of("target", "apps", module)));
    }

    /** The jar of a module as it is packaged. */
    static String jar(String module) {
        return jarIn(Path.of("..", module, "target"));
    }

    private static String jarIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .map(jar -> absolute(jar).toString())
                    .orElseThrow(() -> new IllegalStateException(
                            "no executable jar in %s; run mvn verify".formatted(absolute(directory))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    ServiceProcess awaitReady() {
        await(name + " is ready")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(process.isAlive())
                            .as("%s is running; see target/logs", name)
                            .isTrue();
                    return Http.status(url() + "/health/ready") == 200;
                });
        return this;
    }

    /** What it and earlier processes of its name have printed. */
    String printed() {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    /** As {@code kill} does; waits for the end. */
    int stop(Duration within) throws InterruptedException {
        terminate();
        assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                .as("%s stops within %s", name, within)
                .isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
