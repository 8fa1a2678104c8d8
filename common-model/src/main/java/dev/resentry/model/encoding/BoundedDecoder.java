package dev.resentry.model.encoding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes a content encoding, never past a fixed number of bytes: a body of a few kilobytes that would inflate to
 * gigabytes costs no more memory than the limit. Immutable and safe to share between threads.
 */
public final class BoundedDecoder {
    private static final int CHUNK = 64 * 1024;

    /**
     * Caps the window a zstd frame may ask for: 2^27 bytes, the most the format's own tool grants unasked. The window is
     * allocated before the first byte comes out, so it is a limit of its own.
     */
    private static final int MAX_ZSTD_WINDOW_LOG = 27;

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

    /** Decodes a whole body. Content of exactly the limit passes. */
    public Decoded decode(ContentEncoding encoding, byte[] body) {
        if (encoding == ContentEncoding.IDENTITY) {
            return body.length > maxBytes ? new Decoded.TooLarge(maxBytes) : new Decoded.Content(body);
        }
        var content = new Chunks();
        try (InputStream in = open(encoding, body)) {
            while (content.readFrom(in)) {
                if (content.size > maxBytes) {
                    return new Decoded.TooLarge(maxBytes);
                }
            }
            return new Decoded.Content(content.join());
        } catch (IOException | RuntimeException e) {
            return new Decoded.Malformed(encoding, content.size, causeOf(e));
        } catch (StackOverflowError _) {
            // GZIPInputStream calls itself for every empty member, and a body may be nothing but empty members.
            return new Decoded.Malformed(encoding, content.size, "too many empty members");
        }
    }

    /**
     * Decodes no more than the first {@code length} bytes; fewer come back when the content is shorter or breaks off.
     * Never fails: a body that cannot be decoded at all has an empty head.
     */
    public static byte[] head(ContentEncoding encoding, byte[] body, int length) {
        if (encoding == ContentEncoding.IDENTITY) {
            return body.length <= length ? body : Arrays.copyOf(body, length);
        }
        byte[] head = new byte[length];
        int size = 0;
        try (InputStream in = open(encoding, body)) {
            for (int n; size < length && (n = in.read(head, size, length - size)) > 0; ) {
                size += n;
            }
        } catch (IOException | RuntimeException | StackOverflowError _) {
            // What was read before the fault is the answer; the processor names the fault.
            return Arrays.copyOf(head, size);
        }
        return Arrays.copyOf(head, size);
    }

    private static InputStream open(ContentEncoding encoding, byte[] body) throws IOException {
        var bytes = new ByteArrayInputStream(body);
        return switch (encoding) {
            case IDENTITY -> bytes;
            case GZIP -> new GZIPInputStream(bytes, 8 * 1024);
            case DEFLATE -> new InflaterStream(bytes, new Inflater(!startsLikeZlib(body)));
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                yield new BrotliInputStream(bytes);
            }
            case ZSTD -> new ZstdInputStream(bytes).setLongMax(MAX_ZSTD_WINDOW_LOG);
        };
    }

    /** RFC 1950: method 8 in the low half of the first byte, and the first two bytes a multiple of 31. */
    private static boolean startsLikeZlib(byte[] body) {
        return body.length >= 2 && (body[0] & 0x0f) == 8 && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
    }

    private static String causeOf(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Frees the native inflater at once, which {@link InflaterInputStream} leaves to its caller for a given one. */
    private static final class InflaterStream extends InflaterInputStream {
        InflaterStream(InputStream in, Inflater inflater) {
            super(in, inflater, 8 * 1024);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }

    /** Grows without copying what it holds, so the peak is the content and one joined copy. */
    private static final class Chunks {
        private final List<byte[]> full = new ArrayList<>();
        private byte[] last = new byte[CHUNK];
        private int used;
        private int size;

        boolean readFrom(InputStream in) throws IOException {
            if (used == last.length) {
                full.add(last);
                last = new byte[Math.min(Math.max(CHUNK, size), 8 * 1024 * 1024)];
                used = 0;
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
