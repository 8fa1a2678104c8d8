package dev.resentry.embedded.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data of a server and its password, made once. A data directory that bears the final name is whole. */
record PostgresData(Path directory, String password) {
    static final String USER = "resentry";

    /** What new data is like. */
    static final List<String> OPTIONS =
            List.of("-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-instructions");

    private static final Logger LOG = LoggerFactory.getLogger(PostgresData.class);
    private static final String HALF_MADE = "data.half";

    static PostgresData in(Path parent, Path binaries) throws IOException {
        Path data = parent.resolve("data");
        deleteHalfMade(parent);
        if (Files.exists(data) && !Files.exists(passwordFile(parent))) {
            throw new IOException(
                    "%s is missing (expected: the password of the data in %s)".formatted(passwordFile(parent), data));
        }
        String password = password(parent);
        if (!Files.exists(data)) {
            make(parent, binaries, data);
        }
        return new PostgresData(data, password);
    }

    static Path passwordFile(Path parent) {
        return parent.resolve("password");
    }

    @Override
    public String toString() {
        return "PostgresData[directory=" + directory + "]";
    }

    /** Made once and kept where only its owner reads it. */
    private static String password(Path parent) throws IOException {
        Path file = passwordFile(parent);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Path half = parent.resolve("password.half");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, HexFormat.of().formatHex(random));
        sync(half);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Files.readString(file);
    }

    /**
     * An initdb whose parent was killed goes on, and clears its directory away when it fails: each gets a directory of its own,
     * so that it cannot reach into that of the next.
     */
    private static void make(Path parent, Path binaries, Path data) throws IOException {
        Path half = Files.createTempDirectory(parent, HALF_MADE);
        Path log = parent.resolve("initdb.log");
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/initdb").toString(), "-D", half.toString(), "--pwfile=" + passwordFile(parent)));
        command.addAll(OPTIONS);
        Process initdb = new ProcessBuilder(Postmaster.command(false, command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (initdb.waitFor() != 0) {
                throw new IOException("PostgreSQL's data could not be made: " + ServerLog.end(log));
            }
        } catch (InterruptedException e) {
            initdb.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL's data is made", e);
        }
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteHalfMade(Path parent) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent, HALF_MADE + "*")) {
            for (Path leftover : leftovers) {
                try {
                    PostgresBinaries.deleteTree(leftover);
                } catch (IOException | UncheckedIOException e) {
                    LOG.debug("{} is still written to; it goes at the next start", leftover, e);
                }
            }
        }
    }

    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
