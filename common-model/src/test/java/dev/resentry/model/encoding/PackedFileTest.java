package dev.resentry.model.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Uploaded files that are compressed themselves (ingest protocol, section 1.7). */
class PackedFileTest {
    private static final int XZ_STREAM_HEADER = 12;
    private static final byte[] FILE = "MDMP and what follows\n".repeat(5_000).getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void aPackedFileIsUnpackedWhateverItIsCalled(CompressionFormat packing) throws IOException {
        assertThat(new BoundedDecoder(FILE.length).unpack(packed(packing, FILE), 0))
                .isInstanceOfSatisfying(
                        Decoded.Content.class,
                        content -> assertThat(content.bytes()).isEqualTo(FILE));
    }

    @ParameterizedTest
    @EnumSource
    void noByteIsMadeBeyondTheLimitWhichHoldsForWhatIsInMemoryAlready(CompressionFormat packing) throws IOException {
        byte[] file = packed(packing, FILE);

        assertThat(new BoundedDecoder(FILE.length - 1).unpack(file, 0))
                .isEqualTo(new Decoded.TooLarge(FILE.length - 1));
        assertThat(new BoundedDecoder(FILE.length + 9).unpack(file, 10)).isInstanceOf(Decoded.TooLarge.class);
        assertThat(new BoundedDecoder(10).unpack(file, 100)).isEqualTo(new Decoded.TooLarge(0));
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatBreaksOffIsMalformed(CompressionFormat packing) throws IOException {
        byte[] file = packed(packing, FILE);

        for (int cut : new int[] {file.length - 1, file.length / 2, 7}) {
            assertThat(new BoundedDecoder(1_000_000).unpack(Arrays.copyOf(file, cut), 0))
                    .as("%s cut to %d of %d bytes", packing, cut, file.length)
                    .isInstanceOf(Decoded.Malformed.class);
        }
    }

    @Test
    void aFileThatIsNotPackedIsItsOwnContent() {
        assertThat(new BoundedDecoder(10).unpack(FILE, 0))
                .isInstanceOfSatisfying(
                        Decoded.Content.class,
                        content -> assertThat(content.bytes()).isSameAs(FILE));
        assertThat(new BoundedDecoder(10).unpack(new byte[0], 0)).isInstanceOf(Decoded.Content.class);
    }

    @Test
    void xzThatAsksForMoreMemoryThanItsStrongestPresetIsRefusedBeforeItIsGiven() throws IOException {
        byte[] file = packed(CompressionFormat.XZ, FILE);
        // Behind the header of the stream: size, flags, filter, length, and the size of the dictionary, 36 being 1 GiB.
        file[XZ_STREAM_HEADER + 4] = 36;
        var checksum = new CRC32();
        checksum.update(file, XZ_STREAM_HEADER, 8);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(XZ_STREAM_HEADER + 8, (int) checksum.getValue());

        assertThat(new BoundedDecoder(1_000_000).unpack(file, 0))
                .isInstanceOfSatisfying(
                        Decoded.Malformed.class,
                        malformed -> assertThat(malformed.cause()).contains("memory"));
    }

    private interface Packer {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] packed(CompressionFormat packing, byte[] file) throws IOException {
        return switch (packing) {
            case GZIP -> written(GZIPOutputStream::new, file);
            case ZSTD -> Zstd.compress(file);
            case XZ -> written(out -> new XZOutputStream(out, new LZMA2Options(0)), file);
            case BZIP2 -> written(BZip2CompressorOutputStream::new, file);
        };
    }

    private static byte[] written(Packer packer, byte[] file) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream packed = packer.around(out)) {
            packed.write(file);
        }
        return out.toByteArray();
    }
}
