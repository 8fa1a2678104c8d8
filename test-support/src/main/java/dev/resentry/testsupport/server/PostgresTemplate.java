package dev.resentry.testsupport.server;

import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * An empty PostgreSQL data directory with its password, made once and copied for each server: a copy takes a tenth of the time
 * of an initdb. It lies below the user's cache directory, under a name that changes with what it is made by; it can be deleted
 * whenever no test runs.
 */
final class PostgresTemplate {
    private static final List<String> PARTS = List.of("data", "password");

    /** A file lock is the whole process's; this one is for its threads. */
    private static final ReentrantLock MAKING = new ReentrantLock();

    private final Path directory;

    PostgresTemplate(Path directory) {
        this.directory = directory;
    }

    static PostgresTemplate ofThisMachine() {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "resentry", "test");
        return new PostgresTemplate(cache.resolve("postgres-" + EmbeddedPostgres.fingerprint()));
    }

    /** Fills a directory that an embedded PostgreSQL is about to be started in for the first time. */
    void copyTo(Path target) {
        try {
            makeIfMissing();
            Files.createDirectories(target);
            for (String part : PARTS) {
                copyTree(directory.resolve(part), target.resolve(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's data could not be copied from " + directory, e);
        }
    }

    private void makeIfMissing() throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Files.createDirectories(directory.getParent());
        MAKING.lock();
        try (var channel = FileChannel.open(
                        directory.resolveSibling(directory.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!Files.exists(directory)) {
                make();
            }
        } finally {
            MAKING.unlock();
        }
    }

    /** A directory that bears the final name is whole, and only its maker sees it before. */
    private void make() throws IOException {
        Path server = Files.createTempDirectory("resentry-template");
        try {
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(server)).close();
            Path half = directory.resolveSibling(directory.getFileName() + ".half");
            TestDirectory.delete(half);
            Files.createDirectories(half);
            for (String part : PARTS) {
                copyTree(server.resolve(part), half.resolve(part));
            }
            Files.move(half, directory, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            TestDirectory.delete(server);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                // PostgreSQL refuses data that others may read.
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
