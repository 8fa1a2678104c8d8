package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.model.project.Dsn;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product as people run it, in one process beside its PostgreSQL, on a data directory of its own. */
final class Product implements AutoCloseable {
    private static final Path SCRIPT = Path.of("resentry");
    /** By which the script starts the product. */
    private static final Path LAUNCH = Path.of("standalone", "src", "main", "launch", "launch.sh");

    private static final Pattern OPTIONS = Pattern.compile("options\\+?=\\(([^)]*)\\)");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration UP_WITHIN = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 100;

    private final Process process;
    private final Path data;
    private final int port;
    private final Api api;

    private Product(Process process, Path data, int port) {
        this.process = process;
        ChildProcess.endWithThisProcess(process);
        this.data = data;
        this.port = port;
        // Read each time, as it is renewed.
        this.api = new Api(
                "http://127.0.0.1:" + port, () -> instance().path("token").asString(""));
    }

    /**
     * Starts it; when this returns, everything is up.
     *
     * @param jar the executable jar to measure; null for what the script {@code ./resentry} of this clone runs
     * @param log where its output goes
     */
    static Product start(@Nullable Path jar, Path data, int port, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(jar == null ? script() : java(jar));
        command.addAll(List.of("up", "--data", data.toString(), "--port", Integer.toString(port)));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "RATE_LIMIT_EVENTS_PER_MINUTE", "unlimited", "RESENTRY_API_REQUESTS_PER_MINUTE", "1000000"));
        var product = new Product(builder.start(), data, port);
        try {
            product.awaitUp(log);
            return product;
        } catch (IOException | InterruptedException | RuntimeException e) {
            product.close();
            throw e;
        }
    }

    /** Builds first what the script would build, so that the start is a start only. */
    private static List<String> script() throws IOException, InterruptedException {
        if (!Files.isExecutable(SCRIPT)) {
            throw new IOException("./resentry is not here (expected: the root of a clone, or --product JAR)");
        }
        String path = SCRIPT.toAbsolutePath().toString();
        int status = new ProcessBuilder(path, "version").inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("./resentry could not build the product (status %d)".formatted(status));
        }
        return List.of(path);
    }

    /** The options that the script gives to {@code up}, and the recorded start if one lies beside the jar. */
    private static List<String> java(Path jar) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(Files.readString(LAUNCH)));
        Path cache = jar.toAbsolutePath().resolveSibling("resentry.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=error"));
        }
        command.addAll(words(System.getenv().getOrDefault("RESENTRY_JAVA_OPTS", "")));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** All options that the script names up to its command {@code up}. */
    static List<String> options(String script) {
        int up = script.indexOf("up) options");
        if (up < 0) {
            throw new IllegalStateException("the script gives no options to 'up' (expected: up) options+=(...))");
        }
        List<String> options = new ArrayList<>();
        Matcher found = OPTIONS.matcher(script.substring(0, script.indexOf('\n', up)));
        while (found.find()) {
            options.addAll(words(found.group(1)));
        }
        return options;
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void awaitUp(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!isUp()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the product does not come up; see " + log);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The file of a process that was killed may still be there. */
    private boolean isUp() throws IOException {
        return Files.exists(instanceFile()) && instance().path("pid").asLong() == pid();
    }

    private Path instanceFile() {
        return data.resolve("run").resolve("instance.json");
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** The first process of its PostgreSQL. */
    long postmaster() throws IOException {
        return Long.parseLong(postmasterFile().getFirst().strip());
    }

    /** A connection to its database, beside its own. */
    Connection connect() throws IOException, SQLException {
        String password =
                Files.readString(data.resolve("postgres").resolve("password")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/resentry"
                        .formatted(postmasterFile().get(3).strip()),
                "resentry",
                password);
    }

    private List<String> postmasterFile() throws IOException {
        return Files.readAllLines(data.resolve("postgres").resolve("data").resolve("postmaster.pid"));
    }

    /** Bytes in the segments of topic {@code envelopes}. */
    long topicBytes() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> partitions =
                Files.newDirectoryStream(data.resolve("kafka").resolve("log"), "envelopes-*")) {
            for (Path partition : partitions) {
                try (DirectoryStream<Path> segments = Files.newDirectoryStream(partition, "*.log")) {
                    for (Path segment : segments) {
                        bytes += Files.size(segment);
                    }
                }
            }
        }
        return bytes;
    }

    Dsn project() throws IOException {
        String dsn = instance().path("dsn").asString("");
        return Dsn.parse(dsn).orElseThrow(() -> new IOException("the product has no project: '%s'".formatted(dsn)));
    }

    Api api() {
        return api;
    }

    /** What it tells other programs of itself. */
    private JsonNode instance() throws IOException {
        return JSON.readTree(Files.readAllBytes(instanceFile()));
    }

    @Override
    public void close() {
        api.close();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
