package dev.resentry.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an embedded installation: {@code kafka/}, {@code postgres/} and {@code run/}. Held by one process at a
 * time; the lock is the operating system's, so one that was killed holds nothing.
 */
public final class DataDirectory implements AutoCloseable {
    /** Grows when an older program could not work with the directory any more. */
    public static final int FORMAT = 1;

    private static final String VERSION_FILE = "VERSION";
    private static final String LOCK_FILE = "LOCK";

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
        Path root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root.resolve("kafka"));
            Files.createDirectories(root.resolve("postgres"));
            Files.createDirectories(root.resolve("run"));
            checkSpace(root, minFreeBytes);
            FileChannel channel = lock(root);
            try {
                checkFormat(root, productVersion);
            } catch (RuntimeException | IOException e) {
                channel.close();
                throw e;
            }
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new DataDirectoryException("The data directory %s cannot be written: %s".formatted(root, said(e)), e);
        }
    }

    /** The format a directory has; 0 if it is none of ours. */
    public static int formatOf(Path directory) throws IOException {
        Path file = directory.resolve(VERSION_FILE);
        if (!Files.exists(file)) {
            return 0;
        }
        String first = Files.readString(file).lines().findFirst().orElse("");
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

    /** What concerns the running process: its log, its address. */
    public Path run() {
        return root.resolve("run");
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
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

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve(LOCK_FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new DataDirectoryException("The data directory %s is in use by another Resentry (process %s)"
                    .formatted(root, holder.isEmpty() ? "unknown" : holder));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
            return null;
        }
    }

    private static void checkFormat(Path root, String productVersion) throws IOException {
        int format = formatOf(root);
        if (format > FORMAT) {
            throw new DataDirectoryException(
                    "The data directory %s has format %d, written by a newer Resentry (this one understands up to %d)"
                            .formatted(root, format, FORMAT));
        }
        if (format != FORMAT) {
            Files.writeString(root.resolve(VERSION_FILE), "format %d%nresentry %s%n".formatted(FORMAT, productVersion));
        }
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
