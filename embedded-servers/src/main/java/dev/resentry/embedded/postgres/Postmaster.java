package dev.resentry.embedded.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's main process: how its programs are run, found again and stopped. */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST_STOP_WITHIN = Duration.ofSeconds(4);
    private static final Duration OTHER_STOP_WITHIN = Duration.ofSeconds(2);

    private Postmaster() {}

    /**
     * A command as PostgreSQL accepts to be run. It refuses to run as root, so root enters a user namespace in which it is
     * nobody; a session of its own keeps the terminal's Ctrl-C from stopping the database before its clients.
     */
    static List<String> command(boolean ownSession, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (ownSession && installed("setsid")) {
            command.add("setsid");
        }
        if ("root".equals(System.getProperty("user.name"))) {
            requireUserNamespaces();
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(arguments);
        return command;
    }

    /**
     * Stops what a killed process left running on this data. The lock file of a server that is dead stays: PostgreSQL knows
     * it for what it is, and still has to look at the memory that the file names.
     */
    static void stopOrphan(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<Long> number = pidIn(file);
        Optional<ProcessHandle> holder = number.flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        if (holder.isPresent() && serves(holder.get(), data)) {
            LOG.info("Stopping the PostgreSQL that a killed Resentry left behind");
            stop(holder.get());
        } else if (holder.isPresent() || number.isEmpty()) {
            // A stranger that has the dead server's number by now, or half a file: PostgreSQL would refuse to start.
            Files.deleteIfExists(file);
        }
    }

    /** Stops a server: at first without waiting for its clients, then at once; its data is safe either way. */
    static void stop(ProcessHandle server) {
        try {
            if (!stopped(server, "INT", FAST_STOP_WITHIN) && !stopped(server, "QUIT", OTHER_STOP_WITHIN)) {
                stopped(server, "KILL", OTHER_STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL stops", e);
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL could not be stopped", e);
        }
    }

    private static boolean stopped(ProcessHandle server, String signal, Duration within)
            throws IOException, InterruptedException {
        // The shell's own kill: small images have no other.
        new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, server.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        long deadline = System.nanoTime() + within.toNanos();
        while (server.isAlive()) {
            if (System.nanoTime() > deadline) {
                LOG.warn("PostgreSQL does not stop within {} by SIG{}", within, signal);
                return false;
            }
            // onExit() looks only every 300 ms and more seldom at a process that is not our child.
            Thread.sleep(10);
        }
        return true;
    }

    /** Whether a process is the server of this data, and not another that has got its number, be it a PostgreSQL. */
    private static boolean serves(ProcessHandle process, Path data) {
        String program =
                process.info().command().map(File::new).map(File::getName).orElse("");
        if (!program.startsWith("postgres")) {
            return false;
        }
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            return Files.isSameFile(workingDirectory, data);
        } catch (IOException _) {
            // No such thing but on Linux.
            return Arrays.asList(process.info().arguments().orElse(new String[0]))
                    .contains(data.toString());
        }
    }

    private static Optional<Long> pidIn(Path file) throws IOException {
        try {
            return Files.readString(file).lines().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static void requireUserNamespaces() throws IOException {
        try {
            if (installed("unshare")
                    && new ProcessBuilder("unshare", "-U", "true")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL starts", e);
        }
        throw new IOException(
                "PostgreSQL refuses to run as root, and user namespaces (unshare -U) are not to be had here"
                        + " (expected: an ordinary user)");
    }

    private static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
