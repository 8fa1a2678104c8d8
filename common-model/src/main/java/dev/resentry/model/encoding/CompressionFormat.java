package dev.resentry.model.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** What uploaders pack a single file in. The first bytes of the file tell. */
enum CompressionFormat {
    GZIP("\u001f\u008b"),
    ZSTD("(\u00b5/\u00fd"),
    XZ("\u00fd7zXZ\0"),
    BZIP2("BZh");

    /** What xz may allocate before the first byte comes out: as much as its strongest preset asks for. */
    private static final int MAX_XZ_KIBIBYTES = 66 * 1024;

    /** Each character is a byte. */
    private final String magic;

    CompressionFormat(String magic) {
        this.magic = magic;
    }

    static Optional<CompressionFormat> of(byte[] file) {
        return Arrays.stream(values()).filter(packing -> packing.begins(file)).findFirst();
    }

    private boolean begins(byte[] file) {
        return file.length >= magic.length() && magic.equals(new String(file, 0, magic.length(), ISO_8859_1));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    InputStream open(byte[] file) throws IOException {
        return switch (this) {
            case GZIP -> new GzipStream(file);
            case ZSTD -> new ZstdFrames(file);
            case XZ -> new XZInputStream(new ByteArrayInputStream(file), MAX_XZ_KIBIBYTES);
            case BZIP2 -> new BZip2CompressorInputStream(new ByteArrayInputStream(file), true);
        };
    }
}
