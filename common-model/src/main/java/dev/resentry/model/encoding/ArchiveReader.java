package dev.resentry.model.encoding;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads what an {@link ArchiveWriter} wrote, part by part and in any order. */
public final class ArchiveReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ZipFile zip;

    private ArchiveReader(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a file.
     *
     * @throws IOException also if the file is no archive, or was cut off
     */
    public static ArchiveReader open(Path file) throws IOException {
        return new ArchiveReader(new ZipFile(file.toFile()));
    }

    /**
     * Opens a part at its beginning.
     *
     * @throws IOException also if there is no such part; while it is read, if it was changed
     */
    public InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("part %s is missing".formatted(name));
        }
        return new BufferedInputStream(zip.getInputStream(entry), BUFFER);
    }

    /**
     * All of a small part.
     *
     * @throws IOException also if it is larger than it may be
     */
    public byte[] read(String name, int maxBytes) throws IOException {
        try (InputStream in = open(name)) {
            byte[] all = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new IOException("part %s has more than %d bytes".formatted(name, maxBytes));
            }
            return all;
        }
    }

    /** Reads a part to its end and says what it is. */
    public ArchivePart look(String name) throws IOException {
        var hashed = new HashingOutput(OutputStream.nullOutputStream());
        try (InputStream in = open(name)) {
            in.transferTo(hashed);
        }
        return new ArchivePart(name, hashed.bytes(), hashed.sha256());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
