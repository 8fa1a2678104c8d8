package dev.resentry.processor.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The engine of ClickHouse behind its HTTP interface. The engine is Python's package chdb: that of the interpreter that {@code CHDB_PYTHON}
 * names, or else of an environment that is made here once.
 */
final class ChdbServer {
    private static final String ENVIRONMENT = "resentry-chdb";

    private final String python;
    private final Path directory;
    private final Path script;
    private @Nullable Process process;
    private int port;

    private ChdbServer(String python) throws IOException {
        this.python = python;
        this.directory = Files.createTempDirectory("clickhouse");
        this.script = directory.resolve("clickhouse-server.py");
        try (InputStream source = ChdbServer.class.getResourceAsStream("/clickhouse-server.py")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Starts one, or ends the test with the reason why it cannot be. */
    static ChdbServer start() throws IOException, InterruptedException {
        String given = System.getenv("CHDB_PYTHON");
        var server = new ChdbServer(given == null ? environment() : given);
        server.resume();
        return server;
    }

    private static String environment() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.io.tmpdir"), ENVIRONMENT);
        Path python = home.resolve("bin/python");
        if (!Files.exists(home.resolve("ready"))) {
            if (!run("python3", "-m", "venv", home.toString())
                    || !run(python.toString(), "-m", "pip", "install", "--quiet", "chdb")) {
                throw new TestAbortedException(
                        "not run: there is no Python with package chdb here, and PyPI did not give it");
            }
            Files.writeString(home.resolve("ready"), "");
        }
        return python.toString();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return running.waitFor(5, TimeUnit.MINUTES) && running.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** Where it is, also once it has come back. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Goes away; what is in it stays. */
    void stop() throws InterruptedException {
        Process current = process;
        if (current != null) {
            current.destroy();
            if (!current.waitFor(10, TimeUnit.SECONDS)) {
                current.destroyForcibly().waitFor();
            }
            process = null;
        }
    }

    /** Comes back at the same place. */
    void resume() throws IOException {
        Process started = new ProcessBuilder(List.of(
                        python, script.toString(), directory.resolve("data").toString(), String.valueOf(port)))
                .redirectError(directory.resolve("errors").toFile())
                .start();
        process = started;
        BufferedReader said = started.inputReader(UTF_8);
        String ready = said.readLine();
        if (ready == null || !ready.startsWith("ready ")) {
            throw new TestAbortedException("not run: package chdb does not start: %s"
                    .formatted(Files.readString(directory.resolve("errors"))));
        }
        port = Integer.parseInt(ready.substring("ready ".length()));
    }
}
