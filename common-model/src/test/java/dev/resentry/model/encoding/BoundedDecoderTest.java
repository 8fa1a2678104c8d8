package dev.resentry.model.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedDecoderTest {
    private static final byte[] CONTENT =
            "{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}\n".repeat(50).getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void contentComesBackAsItWas(ContentEncoding encoding) throws IOException {
        assertThat(new BoundedDecoder(1_000_000).decode(encoding, encoded(encoding, CONTENT)))
                .isInstanceOfSatisfying(
                        Decoded.Content.class, c -> assertThat(c.bytes()).isEqualTo(CONTENT));
    }

    @ParameterizedTest
    @EnumSource
    void contentOfExactlyTheLimitPassesAndOneByteMoreDoesNot(ContentEncoding encoding) throws IOException {
        byte[] body = encoded(encoding, CONTENT);

        assertThat(new BoundedDecoder(CONTENT.length).decode(encoding, body)).isInstanceOf(Decoded.Content.class);
        assertThat(new BoundedDecoder(CONTENT.length - 1).decode(encoding, body))
                .isEqualTo(new Decoded.TooLarge(CONTENT.length - 1));
    }

    /** Its last member says how long it is: as long as the whole, shorter, or, where it lies, anything. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 4_000, 65_536, 100_000})
    void membersOfAllLengthsComeBackWhateverTheLastOneSays(int length) throws IOException {
        byte[] content = Arrays.copyOf(CONTENT, length);
        var both = new ByteArrayOutputStream();
        both.write(encoded(ContentEncoding.GZIP, content));
        both.write(encoded(ContentEncoding.GZIP, new byte[] {'!'}));
        byte[] lying = encoded(ContentEncoding.GZIP, content);
        Arrays.fill(lying, lying.length - 4, lying.length, (byte) 0x7f);

        assertThat(decoded(encoded(ContentEncoding.GZIP, content))).isEqualTo(content);
        byte[] joined = Arrays.copyOf(content, length + 1);
        joined[length] = '!';
        assertThat(decoded(both.toByteArray())).isEqualTo(joined);
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.GZIP, lying))
                .isInstanceOf(Decoded.Malformed.class);
        if (length > 0) {
            assertThat(new BoundedDecoder(length).decode(ContentEncoding.GZIP, both.toByteArray()))
                    .isEqualTo(new Decoded.TooLarge(length));
        }
    }

    private static byte[] decoded(byte[] body) {
        return ((Decoded.Content) new BoundedDecoder(1_000_000).decode(ContentEncoding.GZIP, body)).bytes();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
    void aBodyThatBreaksOffIsMalformedAndNeverJustShort(ContentEncoding encoding) throws IOException {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        byte[] body = encoded(encoding, content);
        for (int cut : new int[] {body.length - 1, body.length - 5, body.length / 2, 3}) {
            assertThat(new BoundedDecoder(1_000_000).decode(encoding, Arrays.copyOf(body, cut)))
                    .as("%s cut to %d of %d bytes", encoding, cut, body.length)
                    .isInstanceOf(Decoded.Malformed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
    void rubbishIsMalformed(ContentEncoding encoding) {
        assertThat(new BoundedDecoder(1_000_000).decode(encoding, "this is no such thing".getBytes(UTF_8)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void deflateWithoutItsContainerIsUnderstood() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new Deflater(6, true);
                var stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(CONTENT);
        }
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.DEFLATE, out.toByteArray()))
                .isInstanceOfSatisfying(
                        Decoded.Content.class, c -> assertThat(c.bytes()).isEqualTo(CONTENT));
    }

    @ParameterizedTest
    @EnumSource
    void theHeadIsNoLongerThanAskedForAndNeverFails(ContentEncoding encoding) throws IOException {
        assertThat(BoundedDecoder.head(encoding, encoded(encoding, CONTENT), 10).bytes())
                .isEqualTo(Arrays.copyOf(CONTENT, 10));
        assertThat(BoundedDecoder.head(encoding, encoded(encoding, CONTENT), 1_000_000)
                        .bytes())
                .isEqualTo(CONTENT);
        assertThat(BoundedDecoder.head(encoding, new byte[0], 10).bytes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aBodyOfNothingButEmptyMembersIsEmpty(ContentEncoding encoding) throws IOException {
        byte[] empty = encoded(encoding, new byte[0]);
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < 500_000; i++) {
            body.writeBytes(empty);
        }
        assertThat(new BoundedDecoder(1_000_000).decode(encoding, body.toByteArray()))
                .isInstanceOfSatisfying(
                        Decoded.Content.class, c -> assertThat(c.bytes()).isEmpty());
        assertThat(BoundedDecoder.head(encoding, body.toByteArray(), 10).bytes())
                .isEmpty();
    }

    @Test
    void zerosBehindGzipArePadding() throws IOException {
        byte[] body = encoded(ContentEncoding.GZIP, CONTENT);
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.GZIP, Arrays.copyOf(body, body.length + 512)))
                .isInstanceOfSatisfying(
                        Decoded.Content.class, c -> assertThat(c.bytes()).isEqualTo(CONTENT));
    }

    @Test
    void aGzipHeaderMayHaveAllItsParts() throws IOException {
        byte[] plain = encoded(ContentEncoding.GZIP, CONTENT);
        var header = new ByteArrayOutputStream();
        header.write(plain, 0, 3);
        header.write(0b11110);
        header.write(plain, 4, 6);
        header.writeBytes(new byte[] {3, 0, 1, 2, 3, 'n', 0, 'c', 'o', 0});
        var crc = new CRC32();
        crc.update(header.toByteArray());
        header.write((int) crc.getValue());
        header.write((int) crc.getValue() >>> 8);
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        byte[] body = joined(header.toByteArray(), rest);

        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.GZIP, body))
                .isInstanceOfSatisfying(
                        Decoded.Content.class, c -> assertThat(c.bytes()).isEqualTo(CONTENT));
        body[5] ^= 1;
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.GZIP, body))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void aChecksumThatIsWrongIsAFault() throws IOException {
        byte[] body = encoded(ContentEncoding.GZIP, CONTENT);
        body[body.length - 6] ^= 1;
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.GZIP, body))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void aMissingDictionaryIsAFault() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new Deflater()) {
            deflater.setDictionary("event_id".getBytes(UTF_8));
            try (var stream = new DeflaterOutputStream(out, deflater)) {
                stream.write(CONTENT);
            }
        }
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.DEFLATE, out.toByteArray()))
                .isEqualTo(new Decoded.Malformed("deflate", 0, "a preset dictionary is needed"));
    }

    @Test
    void aZstdFrameMayNotAskForAnyWindow() {
        // Magic, a frame header without content size, and a window descriptor of 2^41 bytes.
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) 0xf8, 0x01, 0x00, 0x00};
        assertThat(new BoundedDecoder(1_000_000).decode(ContentEncoding.ZSTD, frame))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "absent,IDENTITY",
                "'',IDENTITY",
                "identity,IDENTITY",
                "UTF-8,IDENTITY",
                "gzip,GZIP",
                "GZIP,GZIP",
                "x-gzip,GZIP",
                "deflate,DEFLATE",
                "br,BROTLI",
                "zstd,ZSTD"
            })
    void encodingsAreKnownByTheirNames(String header, ContentEncoding encoding) {
        assertThat(ContentEncoding.parse(header)).contains(encoding);
    }

    @Test
    void otherEncodingsAreNotSupported() {
        assertThat(ContentEncoding.parse("lzma")).isEmpty();
        assertThat(ContentEncoding.parse("gzip, identity")).isEmpty();
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static byte[] encoded(ContentEncoding encoding, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        switch (encoding) {
            case IDENTITY -> out.writeBytes(content);
            case GZIP -> {
                try (var stream = new GZIPOutputStream(out)) {
                    stream.write(content);
                }
            }
            case DEFLATE -> {
                try (var stream = new DeflaterOutputStream(out)) {
                    stream.write(content);
                }
            }
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                try (var stream = new BrotliOutputStream(out)) {
                    stream.write(content);
                }
            }
            case ZSTD -> out.writeBytes(Zstd.compress(content));
        }
        return out.toByteArray();
    }
}
