package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.benchmarks.proc.ProcStat;
import dev.resentry.benchmarks.proc.ProcessTree;
import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One service of the product in a process of its own, by its executable jar, as its image runs it. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 100;

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(Process process, Path log, int port) {
        this.process = process;
        ChildProcess.endWithThisProcess(process);
        this.log = log;
        this.port = port;
    }

    /** Starts one of this clone; {@link #awaitReady()} says when it is up. */
    static ServiceProcess start(String module, String heap, Map<String, String> environment, Path log)
            throws IOException {
        int port = FreePort.find();
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar(module).toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        return new ServiceProcess(builder.start(), log, port);
    }

    private static Path jar(String module) throws IOException {
        Path target = Path.of(module, "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no executable jar in %s (expected: a clone that was built)"
                            .formatted(target.toAbsolutePath())));
        }
    }

    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("a service does not come up; see " + log);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    /** The processor time used so far, in seconds. */
    double cpuSeconds() throws IOException {
        return new ProcessTree(process.pid())
                        .members().stream().mapToLong(ProcStat::ticks).sum()
                / ProcStat.TICKS_PER_SECOND;
    }

    /** The numbers of {@code /metrics} by name; those of one name with different labels are added up. */
    Map<String, Double> metrics() throws IOException, InterruptedException {
        Map<String, Double> sums = new HashMap<>();
        get("/metrics").body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String name = line.split("[{ ]", 2)[0];
            sums.merge(name, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
        });
        return sums;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
