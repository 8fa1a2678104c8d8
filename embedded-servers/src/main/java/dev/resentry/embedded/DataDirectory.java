package dev.resentry.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory of an embedded installation: {@code kafka/}, {@code postgres/}, {@code spool/} and {@code run/}. Held by one process at a
 * time; the lock is the operating system's, so one that was killed holds nothing.
 */
public final class DataDirectory implements AutoCloseable {
    /** Grows when an older program could not work with the directory any more. */
    public static final int FORMAT = 1;

    /** With less, PostgreSQL and Kafka would soon have no room. */
    public static final long MIN_FREE_BYTES = 1_000_000_000L;

    private static final String VERSION_FILE = "VERSION";
    private static final String LOCK_FILE = "LOCK";

    /**
     * What this process holds. The operating system's lock is the process's, and ends when any channel to the file is closed:
     * a second attempt from here must be refused before it opens the file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /**
     * Takes a directory for this process, making it if it is not there.
     *
     * @param productVersion who writes it, for people
     * @param minFreeBytes how much space must be left on its disk
     * @throws DataDirectoryException if it cannot be written, is of a newer format, is in use, or has too little space
     */
    public static DataDirectory open(Path directory, String productVersion, long minFreeBytes) {
        Path named = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(named);
            Path root = named.toRealPath();
            checkSpace(root, minFreeBytes);
            if (!HELD_HERE.add(root)) {
                throw inUse(root, Long.toString(ProcessHandle.current().pid()));
            }
            try {
                return hold(root, productVersion);
            } catch (RuntimeException | IOException e) {
                HELD_HERE.remove(root);
                throw e;
            }
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "The data directory %s cannot be written: %s".formatted(named, said(e)), e);
        }
    }

    /** The format a directory has; 0 if it has none. */
    public static int formatOf(Path directory) throws IOException {
        Path file = directory.resolve(VERSION_FILE);
        if (!Files.exists(file)) {
            return 0;
        }
        String first = Files.readString(file).lines().findFirst().orElse("");
        if (first.isBlank()) {
            return 0;
        }
        try {
            return Integer.parseInt(first.replace("format ", "").strip());
        } catch (NumberFormatException _) {
            throw new DataDirectoryException("%s says '%s' (expected: format and a number)".formatted(file, first));
        }
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    /** What the gateway keeps while Kafka is away; the gateway makes it. */
    public Path spool() {
        return root.resolve("spool");
    }

    /** What concerns the running process: its log, its address. */
    public Path run() {
        return root.resolve("run");
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
            HELD_HERE.remove(root);
        } catch (IOException e) {
            throw new DataDirectoryException("The lock of %s could not be released".formatted(root), e);
        }
    }

    private static void checkSpace(Path root, long minFreeBytes) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < minFreeBytes) {
            throw new DataDirectoryException("Too little disk space for %s: %d MB free (expected: at least %d MB)"
                    .formatted(root, free / 1_000_000, minFreeBytes / 1_000_000));
        }
    }

    private static DataDirectory hold(Path root, String productVersion) throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(root, Files.readString(root.resolve(LOCK_FILE)).strip());
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
            checkFormat(root, productVersion);
            Files.createDirectories(root.resolve("kafka"));
            Files.createDirectories(root.resolve("postgres"));
            Files.createDirectories(root.resolve("run"));
            return new DataDirectory(root, channel);
        } catch (RuntimeException | IOException e) {
            channel.close();
            throw e;
        }
    }

    private static DataDirectoryException inUse(Path root, String holder) {
        return new DataDirectoryException("The data directory %s is in use by another Resentry (process %s)"
                .formatted(root, holder.isEmpty() ? "unknown" : holder));
    }

    private static void checkFormat(Path root, String productVersion) throws IOException {
        int format = formatOf(root);
        if (format > FORMAT) {
            throw new DataDirectoryException(
                    "The data directory %s has format %d, written by a newer Resentry (this one understands up to %d)"
                            .formatted(root, format, FORMAT));
        }
        String version = "format %d%nresentry %s%n".formatted(FORMAT, productVersion);
        Path file = root.resolve(VERSION_FILE);
        if (!Files.exists(file) || !Files.readString(file).equals(version)) {
            writeWhole(file, version);
        }
    }

    /** Half a version would lock its owner out, so a power cut leaves the old file or the new one. */
    private static void writeWhole(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try (var channel = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
