package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Everything in one process, as {@code ./resentry} starts it in a directory, and the commands beside it. */
final class Standalone implements AutoCloseable {
    final Path directory;
    final int port = FreePort.find();
    private final List<String> launch;
    private final List<ServiceProcess> started = new ArrayList<>();

    private Standalone(Path directory, List<String> launch) {
        this.directory = directory;
        this.launch = launch;
    }

    /** Unpacked, as {@code ./resentry} has it. */
    static Standalone unpackedIn(Path directory) {
        return new Standalone(directory, ServiceProcess.launch("standalone"));
    }

    /** From the executable jar itself, whose classes the JVM finds in jars inside it. */
    static Standalone packagedIn(Path directory) {
        return new Standalone(directory, List.of("-jar", ServiceProcess.jar("standalone")));
    }

    /** What a first start shows of the administrator. */
    static String shownPassword(ServiceProcess process) {
        String screen = await("the screen is whole")
                .atMost(Duration.ofSeconds(30))
                .until(process::printed, printed -> printed.contains("Ctrl-C stops it"));
        return screen.replaceAll("(?s).*Login +\\S+ +(\\S+) .*", "$1");
    }

    /** Starts it with these environment variables; does not wait for it. */
    ServiceProcess up(Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(List.of("-Xmx512m"));
        arguments.addAll(launch);
        arguments.add("up");
        ServiceProcess process = ServiceProcess.start(arguments, directory, "standalone-" + port, port, environment);
        started.add(process);
        return process;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                ServiceProcess.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(launch);
        return command;
    }

    /** Makes a program {@code resentry} in the directory, which runs commands as {@link #run} does. */
    void writeLauncher() throws IOException {
        Path launcher = directory.resolve("resentry");
        Files.writeString(launcher, "#!/bin/sh%nexec '%s' \"$@\"%n".formatted(String.join("' '", command())));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    /** Runs a command to its end and returns all that it printed. */
    String run(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> command = command();
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "command", ".out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isEqualTo(exitCode);
        return printed;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A file that it keeps. */
    Path data(String name) {
        return directory.resolve("data").resolve(name);
    }

    @Override
    public void close() {
        started.forEach(ServiceProcess::close);
    }
}
