package dev.resentry.endtoend;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Small bodies that decompress to ten gigabytes of blanks. */
final class Bombs {
    private static final long SIZE = 10L * 1024 * 1024 * 1024;
    private static final int CHUNK = 1024 * 1024;

    private Bombs() {}

    static byte[] of(String encoding) throws IOException {
        return switch (encoding) {
            case "gzip" -> deflated(true);
            case "deflate" -> deflated(false);
            case "br" -> brotli();
            case "zstd" -> zstd();
            default -> throw new IllegalArgumentException(encoding);
        };
    }

    private static byte[] deflated(boolean gzip) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new Deflater(9, gzip);
                var stream = gzip
                        ? new GZIPOutputStream(out, 512, true)
                        : new DeflaterOutputStream(out, deflater, 512, true)) {
            fill(stream, out);
        }
        return out.toByteArray();
    }

    private static byte[] brotli() throws IOException {
        Brotli4jLoader.ensureAvailability();
        var out = new ByteArrayOutputStream();
        try (var stream = new BrotliOutputStream(out, new Encoder.Parameters().setQuality(1))) {
            fill(stream, out);
        }
        return out.toByteArray();
    }

    /** One flushed chunk, written once and repeated as it is: compressing ten gigabytes would take a minute. */
    private static void fill(OutputStream encoder, ByteArrayOutputStream out) throws IOException {
        byte[] blanks = blanks();
        encoder.write(blanks);
        encoder.flush();
        int first = out.size();
        encoder.write(blanks);
        encoder.flush();
        byte[] two = out.toByteArray();
        out.reset();
        out.write(two, 0, first);
        for (long written = CHUNK; written < SIZE; written += CHUNK) {
            out.write(two, first, two.length - first);
        }
    }

    /** A frame of run-length blocks made by hand (RFC 8878, section 3.1.1): four bytes for each 128 KiB. */
    private static byte[] zstd() {
        int block = 128 * 1024;
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, 0x58});
        int blocks = (int) (SIZE / block);
        for (int i = 0; i < blocks; i++) {
            int header = block << 3 | 1 << 1 | (i == blocks - 1 ? 1 : 0);
            out.write(header);
            out.write(header >> 8);
            out.write(header >> 16);
            out.write(' ');
        }
        return out.toByteArray();
    }

    private static byte[] blanks() {
        byte[] blanks = new byte[CHUNK];
        java.util.Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }
}
