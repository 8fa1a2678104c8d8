package dev.resentry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's main process: how its programs are run, found again and stopped. */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final int STOP_SECONDS = 10;

    private Postmaster() {}

    /**
     * A command as PostgreSQL accepts to be run. It refuses to run as root, so root enters a user namespace in which it is
     * nobody; a session of its own keeps the terminal's Ctrl-C from stopping the database before its clients.
     */
    static List<String> command(boolean ownSession, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (ownSession && installed("setsid")) {
            command.add("setsid");
        }
        if ("root".equals(System.getProperty("user.name")) && installed("unshare")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(arguments);
        return command;
    }

    /** Stops what a killed process left running on this data, and clears away the traces of what is dead. */
    static void stopOrphan(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> orphan = pidIn(file)
                .flatMap(ProcessHandle::of)
                .filter(process -> process.info().command().orElse("").endsWith("postgres"));
        if (orphan.isPresent()) {
            LOG.info("Stopping the PostgreSQL that a killed Resentry left behind");
            stop(orphan.get());
        }
        // The number may belong to another program by now, which PostgreSQL would take for itself.
        Files.deleteIfExists(file);
    }

    /** Stops a server: at first without waiting for its clients, then at once; its data is safe either way. */
    static void stop(ProcessHandle server) {
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid()))
                        .start()
                        .waitFor();
                server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException _) {
                LOG.warn("PostgreSQL does not stop by SIG{}", signal);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while PostgreSQL stops", e);
            } catch (IOException | ExecutionException e) {
                throw new IllegalStateException("PostgreSQL could not be stopped", e);
            }
        }
    }

    private static Optional<Long> pidIn(Path file) throws IOException {
        try {
            return Files.readString(file).lines().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
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
