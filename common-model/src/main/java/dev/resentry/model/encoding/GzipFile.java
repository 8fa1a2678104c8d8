package dev.resentry.model.encoding;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files of our own that are compressed with gzip as a whole, and read as a stream of which a reader takes what it has room for. */
public final class GzipFile {
    private static final int BUFFER = 1 << 16;

    private GzipFile() {}

    /** What is written is compressed; closing it ends the file. */
    public static OutputStream compressing(OutputStream out) throws IOException {
        return new BufferedOutputStream(new GZIPOutputStream(out, BUFFER), BUFFER);
    }

    /**
     * What is read is decompressed.
     *
     * @throws IOException also while it is read, if the file was cut off or changed
     */
    public static InputStream decompressing(InputStream in) throws IOException {
        return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    }
}
