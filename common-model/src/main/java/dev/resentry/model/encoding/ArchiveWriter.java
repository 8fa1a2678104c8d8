package dev.resentry.model.encoding;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a file of named parts, which any program for ZIP files can read. Parts are streamed and compressed one after the other; nothing of
 * them stays in memory but how long they are and what they hash to.
 */
public final class ArchiveWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ZipOutputStream zip;

    public ArchiveWriter(OutputStream out) {
        zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
        // What is large is compressed already, as SDKs send it; the rest must not wait for the best that can be done.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** Writes what a part is made of. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Adds a part, whose name no other has. */
    public ArchivePart add(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var hashed = new HashingOutput(zip);
        var buffered = new BufferedOutputStream(hashed, BUFFER);
        content.writeTo(buffered);
        buffered.flush();
        zip.closeEntry();
        return new ArchivePart(name, hashed.bytes(), hashed.sha256());
    }

    /** Writes the list of the parts, without which the file is not whole. */
    @Override
    public void close() throws IOException {
        zip.close();
    }
}
