package dev.resentry.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A part of the benchmark in a JVM of its own, so that its time and memory can be told from the others'. Linux only. */
public final class ChildProcess implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;

    /** Where this program begins when its classes are not in an executable jar. */
    private static final String MAIN_CLASS = "dev.resentry.benchmarks.BenchmarkCommand";

    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;

    private ChildProcess(Process process) {
        this.process = process;
        endWithThisProcess(process);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /**
     * Starts this program again, in another role.
     *
     * @param ready what the child prints once it can be used
     */
    public static ChildProcess start(
            String role,
            Path log,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment,
            String ready)
            throws IOException {
        return start(role, log, jvmOptions, arguments, environment, ready, _ -> {});
    }

    /**
     * The same.
     *
     * @param told is given the line that says that the child can be used
     */
    public static ChildProcess start(
            String role,
            Path log,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment,
            String ready,
            Consumer<String> told)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(jvmOptions);
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(":")) {
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, MAIN_CLASS));
        }
        command.add(role);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        var child = new ChildProcess(builder.start());
        told.accept(child.awaitLine(ready));
        return child;
    }

    /** Sends a line and waits for the one that answers it. */
    public String ask(String line) throws IOException {
        input.println(line);
        return awaitLine("=");
    }

    private String awaitLine(String prefix) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(prefix)) {
                return line;
            }
        }
        throw new IOException("a part of the benchmark ended; see its log");
    }

    /** Has a process end when this one does, be it by a signal or an exception. */
    public static void endWithThisProcess(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    public long pid() {
        return process.pid();
    }

    /** The processor time used so far, in seconds, all threads together. */
    public double cpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    /** The processor time that any process has used so far. */
    public static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // Behind the name, which may hold blanks: the 12th and 13th field from there are user and system time.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory it ever held, in megabytes. */
    public long peakRssMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }

    /** Reads on what it prints, so that it never has to wait to. */
    public void ignoreOutput() {
        Thread.ofVirtual().start(() -> {
            try {
                output.transferTo(Writer.nullWriter());
            } catch (IOException _) {
                // The child has ended.
            }
        });
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
