package dev.resentry.model.encoding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Undoes a content encoding, never past a fixed number of bytes: a body of a few kilobytes that would inflate to
 * gigabytes costs no more memory than the limit. Immutable and safe to share between threads.
 *
 * <p>Content is handed out only if the body is whole: gzip members and zstd frames may follow one another, but one that breaks
 * off, or bytes behind the last that belong to nothing, make the body malformed. Zeros behind gzip are padding and pass.
 */
public final class BoundedDecoder {
    private static final int CHUNK = 64 * 1024;

    private final int maxBytes;

    /**
     * @param maxBytes the most bytes the content may have
     * @throws IllegalArgumentException if the limit is not positive
     */
    public BoundedDecoder(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: %d (expected: >= 1)".formatted(maxBytes));
        }
        this.maxBytes = maxBytes;
    }

    /** This one, or one with a lower limit if that is lower. */
    public BoundedDecoder within(int bytes) {
        return bytes < maxBytes ? new BoundedDecoder(bytes) : this;
    }

    /** Decodes a whole body. Content of exactly the limit passes. */
    public Decoded decode(ContentEncoding encoding, byte[] body) {
        if (encoding == ContentEncoding.IDENTITY) {
            return body.length > maxBytes ? new Decoded.TooLarge(maxBytes) : new Decoded.Content(body);
        }
        int expected = encoding == ContentEncoding.GZIP ? GzipStream.statedSize(body) : CHUNK;
        return read(encoding.token(), () -> open(encoding, body), maxBytes, expected);
    }

    /**
     * Undoes what a file is packed in, as its first bytes tell: gzip, zstd, xz or bzip2. Any other file is its own content.
     *
     * @param held how many bytes are in memory beside the content, and count against the limit
     */
    public Decoded unpack(byte[] file, int held) {
        int left = Math.max(maxBytes - held, 0);
        return CompressionFormat.of(file)
                .map(packing -> read(packing.wireName(), () -> packing.open(file), left, CHUNK))
                .orElseGet(() -> new Decoded.Content(file));
    }

    private static Decoded read(String format, Source source, int limit, int expected) {
        var content = new Chunks(Math.min(expected, limit));
        try (InputStream in = source.open()) {
            while (content.readFrom(in)) {
                if (content.size > limit) {
                    return new Decoded.TooLarge(limit);
                }
            }
            return new Decoded.Content(content.join());
        } catch (IOException | RuntimeException e) {
            return new Decoded.Malformed(format, content.size, causeOf(e));
        }
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    /**
     * The beginning of a content.
     *
     * @param whole whether it is all of the content, and the body is sound to its end
     */
    @SuppressWarnings("ArrayRecordComponent") // a head is looked at, never compared
    public record Head(byte[] bytes, boolean whole) {}

    /**
     * Decodes no more than the first {@code length} bytes; fewer come back when the content is shorter or breaks off.
     * Never fails: a body that cannot be decoded at all has an empty head.
     */
    public static Head head(ContentEncoding encoding, byte[] body, int length) {
        if (encoding == ContentEncoding.IDENTITY) {
            return body.length <= length ? new Head(body, true) : new Head(Arrays.copyOf(body, length), false);
        }
        byte[] head = new byte[length];
        int size = 0;
        try (InputStream in = open(encoding, body)) {
            for (int n; size < length && (n = in.read(head, size, length - size)) > 0; ) {
                size += n;
            }
            return new Head(Arrays.copyOf(head, size), in.read() < 0);
        } catch (IOException | RuntimeException _) {
            // What was read before the fault is the answer; the processor names the fault.
            return new Head(Arrays.copyOf(head, size), false);
        }
    }

    private static InputStream open(ContentEncoding encoding, byte[] body) throws IOException {
        return switch (encoding) {
            case IDENTITY -> new ByteArrayInputStream(body);
            case GZIP -> new GzipStream(body);
            case DEFLATE -> new DeflateStream(body);
            case BROTLI -> new BrotliStream(body);
            case ZSTD -> new ZstdFrames(body);
        };
    }

    private static String causeOf(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Grows without copying what it holds, so the peak is the content and, if it was not as long as expected, one joined copy. */
    private static final class Chunks {
        private static final int LEAST = 512;

        private final List<byte[]> full = new ArrayList<>();
        private byte[] last;
        private int used;
        private int size;

        Chunks(int expected) {
            last = new byte[Math.max(expected, LEAST)];
        }

        boolean readFrom(InputStream in) throws IOException {
            if (used == last.length) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                full.add(last);
                last = new byte[Math.min(Math.max(CHUNK, size), 8 * 1024 * 1024)];
                last[0] = (byte) next;
                used = 1;
                size++;
                return true;
            }
            int n = in.read(last, used, last.length - used);
            if (n <= 0) {
                return false;
            }
            used += n;
            size += n;
            return true;
        }

        byte[] join() {
            if (used == size && used == last.length) {
                return last;
            }
            byte[] whole = new byte[size];
            int at = 0;
            for (byte[] chunk : full) {
                System.arraycopy(chunk, 0, whole, at, chunk.length);
                at += chunk.length;
            }
            System.arraycopy(last, 0, whole, at, used);
            return whole;
        }
    }
}
