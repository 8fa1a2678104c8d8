package dev.resentry.model.encoding;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive from somebody else, of which no more is inflated than its limits allow. Names are keys and never become paths. Bytes
 * in front of the archive, such as the head of a bundle, are passed over. For one thread.
 */
public final class BoundedZip implements AutoCloseable {
    private static final String FORMAT = "zip";
    /** The record at the end of an archive without a comment: APPNOTE 4.3.16. */
    private static final int END_BYTES = 22;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int MAX_DIRECTORY_BYTES = 64 * 1024 * 1024;

    private final ZipFile zip;
    private final Limits limits;
    private final long packedBytes;
    private long inflatedBytes;

    private BoundedZip(ZipFile zip, Limits limits, long packedBytes) {
        this.zip = zip;
        this.limits = limits;
        this.packedBytes = packedBytes;
    }

    /**
     * How much may come of an archive.
     *
     * @param entries how many it may have, at most 65,534
     * @param entryBytes of one entry
     * @param totalBytes of all entries that are read
     * @param ratio how many times the archive's own size all of them may have, once they are above {@code entryBytes}
     */
    public record Limits(int entries, int entryBytes, long totalBytes, int ratio) {}

    /** An archive, or why a file is none. */
    public sealed interface Opened {

        /** To be closed by who opened it. */
        record Archive(BoundedZip zip) implements Opened {}

        /** A file that is no archive, or one beyond the limits. */
        record NoArchive(String cause) implements Opened {}
    }

    /**
     * Opens an archive and reads its directory.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Opened open(Path file, Limits limits) {
        try {
            String fault = faultOfEnd(file, limits);
            if (fault != null) {
                return new Opened.NoArchive(fault);
            }
            var zip = new ZipFile(file.toFile());
            // The record at the end may tell of fewer than the directory has.
            int entries = zip.size();
            if (entries > limits.entries()) {
                zip.close();
                return new Opened.NoArchive(tooMany(entries, limits));
            }
            return new Opened.Archive(new BoundedZip(zip, limits, Files.size(file)));
        } catch (ZipException | EOFException e) {
            return new Opened.NoArchive(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at the size of the directory before it is read into memory. Archives of the 64-bit form say less in this record. */
    private static @Nullable String faultOfEnd(Path file, Limits limits) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() < END_BYTES) {
                return "%d bytes (expected: a zip archive)".formatted(bytes.length());
            }
            byte[] end = new byte[END_BYTES];
            bytes.seek(bytes.length() - END_BYTES);
            bytes.readFully(end);
            ByteBuffer fields = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            if (fields.getInt(0) != END_SIGNATURE) {
                return "no end of a zip archive (expected: one without a comment, at the end of the file)";
            }
            int entries = Short.toUnsignedInt(fields.getShort(10));
            if (entries > limits.entries()) {
                return tooMany(entries, limits);
            }
            long directory = Integer.toUnsignedLong(fields.getInt(12));
            return directory > MAX_DIRECTORY_BYTES
                    ? "a directory of %d bytes (expected: at most %d)".formatted(directory, MAX_DIRECTORY_BYTES)
                    : null;
        }
    }

    private static String tooMany(int entries, Limits limits) {
        return "%d entries (expected: at most %d)".formatted(entries, limits.entries());
    }

    /** The names of the entries that are no directories. */
    public List<String> names() {
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
    }

    /**
     * Reads an entry whole.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public Decoded read(String name) {
        return read(name, limits.entryBytes());
    }

    /**
     * Reads an entry whole that has to be smaller than others.
     *
     * @param maxBytes how many it may have, if the limits allow as many
     * @throws UncheckedIOException if the file cannot be read
     */
    public Decoded read(String name, int maxBytes) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.isDirectory()) {
            return new Decoded.Malformed(FORMAT, 0, "no entry '%s'".formatted(name));
        }
        long left = Math.min(limits.totalBytes(), Math.max(limits.entryBytes(), packedBytes * limits.ratio()))
                - inflatedBytes;
        int limit = (int) Math.min(Math.min(limits.entryBytes(), maxBytes), left);
        // As the directory says, which may be a lie: no more than that is read either.
        if (entry.getSize() > limit) {
            return new Decoded.TooLarge(limit);
        }
        byte[] content = new byte[(int) Math.max(entry.getSize(), 0)];
        try (InputStream in = zip.getInputStream(entry)) {
            int read = in.readNBytes(content, 0, content.length);
            inflatedBytes += read;
            return read == content.length && in.read() < 0
                    ? new Decoded.Content(content)
                    : new Decoded.Malformed(
                            FORMAT, read, "'%s': not the %d bytes of its entry".formatted(name, content.length));
        } catch (ZipException | EOFException e) {
            return new Decoded.Malformed(FORMAT, 0, "'%s': %s".formatted(name, e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
