package dev.resentry.embedded.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path once for each user: into the user's cache directory, which all data
 * directories share, or into the data directory if there is none that can be trusted and written.
 */
final class PostgresBinaries {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    private PostgresBinaries() {}

    /** The directory that holds {@code bin/postgres}. */
    static Path unpackedFor(Path dataDirectory) throws IOException {
        String archive = archiveName();
        String name = release();
        Path shared = cacheDirectory();
        if (shared != null && !Files.exists(dataDirectory.resolve(name)) && isOwn(shared)) {
            try {
                return unpackedIn(shared, archive, name);
            } catch (IOException e) {
                LOG.warn("PostgreSQL cannot be unpacked into {}, so it goes into {}", shared, dataDirectory, e);
            }
        }
        return unpackedIn(dataDirectory, archive, name);
    }

    /** Makes a directory and says whether it and the one above it are this user's: what others can change is not run. */
    static boolean isOwn(Path directory) {
        try {
            Files.createDirectories(directory);
            String user = System.getProperty("user.name", "");
            return Files.getOwner(directory).getName().equals(user)
                    && Files.getOwner(directory.getParent()).getName().equals(user);
        } catch (IOException e) {
            LOG.debug("{} cannot be used as a cache", directory, e);
            return false;
        }
    }

    /** One process unpacks at a time, the others wait for it; a directory that bears the final name is whole. */
    static synchronized Path unpackedIn(Path directory, String archive, String name) throws IOException {
        Path target = directory.resolve(name);
        if (Files.exists(target)) {
            return target;
        }
        try (FileChannel lock = FileChannel.open(
                        directory.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock.lock()) {
            if (!Files.exists(target)) {
                Path half = directory.resolve(name + ".half");
                deleteTree(half);
                unpack(archive, half);
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return target;
    }

    /** Names the programs, of which other releases have other names. */
    static String release() throws IOException {
        String archive = archiveName();
        return archive.replace(".txz", "-" + fingerprint(archive));
    }

    /** {@code resentry} in the user's cache directory (XDG base directory specification); null if the user has no home. */
    private static @Nullable Path cacheDirectory() {
        String configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path cache = configured.isBlank()
                ? Path.of(System.getProperty("user.home", "")).resolve(".cache")
                : Path.of(configured);
        // A user without an entry in the system's list has the home "?".
        return cache.isAbsolute() ? cache.resolve("resentry") : null;
    }

    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static String archiveName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean arm = List.of("aarch64", "arm64").contains(System.getProperty("os.arch", ""));
        if (os.contains("mac")) {
            return arm ? "postgres-darwin-arm_64.txz" : "postgres-darwin-x86_64.txz";
        }
        return arm ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";
    }

    /** Tells one release's archive from another's without reading it. */
    private static String fingerprint(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            return Integer.toHexString(java.util.Arrays.hashCode(in.readNBytes(64 * 1024)));
        }
    }

    private static InputStream open(String archive) throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (in == null) {
            throw new IOException("PostgreSQL for this platform (%s) is not on the class path".formatted(archive));
        }
        return in;
    }

    private static void unpack(String archive, Path target) throws IOException {
        Files.createDirectories(target);
        try (InputStream in = open(archive);
                var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                write(tar, entry, path);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
