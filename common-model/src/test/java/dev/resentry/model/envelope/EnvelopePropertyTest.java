package dev.resentry.model.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.resentry.model.TestSize;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.EnvelopeParse.Parsed;
import dev.resentry.model.envelope.EnvelopePreview.HeaderSummary;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummaries;
import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the reader, the writer and the preview for random envelopes and inputs. The number of the repetition is the seed of its random input. */
class EnvelopePropertyTest {
    private static final List<ItemType> KNOWN = List.copyOf(EnumSet.allOf(ItemType.Known.class));
    private static final int ROUNDS = TestSize.of(10, 200);
    private static final EnvelopeReader READER = new EnvelopeReader(EnvelopeLimits.DEFAULT);
    private static final byte[] FRAGMENTS = "{}[]\":,\n\r \\0123456789-typelengthevent_idnull".getBytes(UTF_8);

    @RepeatedTest(50)
    void whatTheWriterWritesTheReaderReads(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            Envelope written = envelope(random);

            EnvelopeParse parse = READER.read(EnvelopeWriter.write(written));

            assertThat(parse).isInstanceOf(Parsed.class);
            Envelope read = ((Parsed) parse).envelope();
            assertThat(read.header()).isEqualTo(written.header());
            assertThat(read.items()).extracting(EnvelopeItem::payload).isEqualTo(payloads(written));
            assertThat(read.items())
                    .extracting(item -> item.header().type())
                    .isEqualTo(written.items().stream()
                            .map(item -> item.header().type())
                            .toList());
        }
    }

    @RepeatedTest(50)
    void noInputMakesTheReaderThrow(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = i % 2 == 0 ? noise(random) : mutated(random, EnvelopeWriter.write(envelope(random)));
            assertThatNoException().as("input %s", Arrays.toString(input)).isThrownBy(() -> READER.read(input));
            assertThatNoException().isThrownBy(() -> EnvelopePreview.peekHeader(ContentEncoding.IDENTITY, input));
            assertThatNoException().isThrownBy(() -> EnvelopePreview.peekItems(ContentEncoding.IDENTITY, input));
        }
    }

    @RepeatedTest(50)
    void thePreviewAgreesWithTheReader(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            byte[] written = EnvelopeWriter.write(envelope(random));
            byte[] input = i % 2 == 0 ? written : mutated(random, written);

            HeaderSummary header = EnvelopePreview.peekHeader(ContentEncoding.IDENTITY, input);
            ItemSummaries seen = EnvelopePreview.peekItems(ContentEncoding.IDENTITY, input);

            switch (READER.read(input)) {
                case Parsed(Envelope envelope) -> {
                    var items = envelope.items().stream()
                            .map(item -> new EnvelopePreview.ItemSummary(
                                    item.header().type(),
                                    item.payload().length(),
                                    -1,
                                    item.header().isNativeCrash()))
                            .toList();
                    assertThat(header)
                            .isEqualTo(new HeaderSummary.Sound(
                                    envelope.header().eventId(),
                                    envelope.header().dsn()));
                    assertThat(seen).isEqualTo(new ItemSummaries(items, true));
                }
                case EnvelopeParse.Malformed _ ->
                    assertThat(header instanceof HeaderSummary.Sound && seen.whole())
                            .isFalse();
            }
        }
    }

    /** Each would take hours if the reader looked at a byte again for every item or line. */
    static Stream<Arguments> floods() {
        int size = 8 * 1024 * 1024;
        var reader = new EnvelopeReader(new EnvelopeLimits(16 * 1024 * 1024, 10_000_000));
        return Stream.of(
                Arguments.of("newlines", reader, filled(size, "\n", "{}\n")),
                Arguments.of("blanks", reader, filled(size, " ", "{}\n")),
                Arguments.of("nested arrays", reader, filled(size, "[", "{\"a\":")),
                Arguments.of("nested objects", reader, filled(size, "{\"a\":", "")),
                Arguments.of("digits", reader, filled(size, "9", "{\"a\":")),
                Arguments.of("one line without end", reader, filled(size, "x", "{}\n{\"type\":\"x\"}\n")),
                Arguments.of("tiny items", reader, filled(size, "{\"type\":\"x\"}\n\n", "{}\n")),
                Arguments.of("a header of many keys", reader, filled(size, "\"a\":1,", "{")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Timeout(20)
    void floods(String shape, EnvelopeReader reader, byte[] input) {
        assertThat(reader.read(input)).isNotNull();
    }

    private static List<Payload> payloads(Envelope envelope) {
        return envelope.items().stream().map(EnvelopeItem::payload).toList();
    }

    private static Envelope envelope(Random random) {
        List<EnvelopeItem> items = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            ItemType type = random.nextBoolean()
                    ? KNOWN.get(random.nextInt(KNOWN.size()))
                    : new ItemType.Unknown("future_" + random.nextInt(100));
            items.add(EnvelopeItem.of(ItemHeader.of(type).with("note", text(random)), Payload.of(payload)));
        }
        var id = random.nextBoolean() ? new EventId(new UUID(random.nextLong(), random.nextLong())) : null;
        Instant sentAt =
                random.nextBoolean() ? Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)) : null;
        return new Envelope(EnvelopeHeader.of(id, null, sentAt), items);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(10), 0, 0xd7ff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(200)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextInt(4) == 0 ? (byte) random.nextInt() : FRAGMENTS[random.nextInt(FRAGMENTS.length)];
        }
        return noise;
    }

    private static byte[] mutated(Random random, byte[] valid) {
        byte[] bytes = Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(valid.length) : valid.length);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] filled(int size, String pattern, String start) {
        byte[] bytes = new byte[size];
        byte[] head = start.getBytes(UTF_8);
        byte[] tile = pattern.getBytes(UTF_8);
        System.arraycopy(head, 0, bytes, 0, head.length);
        for (int i = head.length; i < size; i++) {
            bytes[i] = tile[(i - head.length) % tile.length];
        }
        return bytes;
    }
}
