package dev.resentry.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.TestSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the decoders for random bodies, cut or damaged anywhere. The second argument is the seed of its content. */
class BrokenBodyPropertyTest {
    private static final int SEEDS = TestSize.of(1, 4);
    private static final BoundedDecoder DECODER = new BoundedDecoder(1_000_000);

    static Stream<Arguments> bodies() {
        return Arrays.stream(ContentEncoding.values())
                .filter(encoding -> encoding != ContentEncoding.IDENTITY)
                .flatMap(encoding -> IntStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(encoding, seed)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyCutAnywhereIsMalformedAndItsHeadIsABeginning(ContentEncoding encoding, int seed) throws IOException {
        byte[] content = content(new Random(seed));
        byte[] body = BoundedDecoderTest.encoded(encoding, content);
        for (int cut = 0; cut < body.length; cut++) {
            byte[] part = Arrays.copyOf(body, cut);
            assertMalformed(encoding, part, "cut to %d of %d bytes".formatted(cut, body.length));
            BoundedDecoder.Head head = BoundedDecoder.head(encoding, part, content.length + 1);
            assertBeginning(content, head.bytes());
            assertThat(head.whole()).isFalse();
        }
        for (int more = 0; more < 2; more++) {
            BoundedDecoder.Head head = BoundedDecoder.head(encoding, body, content.length + more);
            assertThat(head.bytes()).isEqualTo(content);
            assertThat(head.whole()).isTrue();
        }
        assertThat(BoundedDecoder.head(encoding, body, content.length - 1).whole())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void membersFollowOneAnotherAndNoneMayBreakOff(ContentEncoding encoding, int seed) throws IOException {
        if (encoding == ContentEncoding.DEFLATE || encoding == ContentEncoding.BROTLI) {
            return;
        }
        var random = new Random(seed);
        List<Integer> ends = new ArrayList<>();
        var body = new ByteArrayOutputStream();
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            byte[] part = i == 2 ? new byte[0] : content(random);
            content.writeBytes(part);
            body.writeBytes(BoundedDecoderTest.encoded(encoding, part));
            ends.add(body.size());
        }
        for (int cut = 0; cut <= body.size(); cut++) {
            byte[] part = Arrays.copyOf(body.toByteArray(), cut);
            if (ends.contains(cut)) {
                assertThat(DECODER.decode(encoding, part))
                        .isInstanceOfSatisfying(
                                Decoded.Content.class,
                                decoded -> assertBeginning(content.toByteArray(), decoded.bytes()));
            } else {
                assertMalformed(encoding, part, "cut to %d, members end at %s".formatted(cut, ends));
            }
        }
        assertThat(DECODER.decode(encoding, body.toByteArray()))
                .isInstanceOfSatisfying(
                        Decoded.Content.class,
                        decoded -> assertThat(decoded.bytes()).isEqualTo(content.toByteArray()));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void nothingMayStandBehindTheContent(ContentEncoding encoding, int seed) throws IOException {
        var random = new Random(seed);
        byte[] content = content(random);
        byte[] body = BoundedDecoderTest.encoded(encoding, content);
        for (int length = 1; length < 40; length++) {
            byte[] rubbish = new byte[length];
            random.nextBytes(rubbish);
            rubbish[random.nextInt(length)] = 1;
            byte[] part = BoundedDecoderTest.joined(body, rubbish);
            assertMalformed(encoding, part, "followed by " + Arrays.toString(rubbish));
            BoundedDecoder.Head head = BoundedDecoder.head(encoding, part, content.length);
            assertThat(head.bytes()).isEqualTo(content);
            assertThat(head.whole()).isFalse();
        }
    }

    /** Also where the stream ends just where a buffer does. */
    @ParameterizedTest
    @MethodSource("bodies")
    void nothingMayStandBehindContentOfAnySize(ContentEncoding encoding, int seed) throws IOException {
        var random = new Random(seed);
        for (int size = 16 * 1024 - 40; size < 16 * 1024; size++) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            byte[] body = BoundedDecoderTest.encoded(encoding, content);
            assertThat(DECODER.decode(encoding, body)).isInstanceOf(Decoded.Content.class);
            assertMalformed(encoding, BoundedDecoderTest.joined(body, new byte[] {1, 2, 3}), "content of " + size);
        }
    }

    private static void assertMalformed(ContentEncoding encoding, byte[] body, String how) {
        assertThat(DECODER.decode(encoding, body)).as("%s %s", encoding, how).isInstanceOf(Decoded.Malformed.class);
    }

    private static void assertBeginning(byte[] whole, byte[] beginning) {
        assertThat(beginning).isEqualTo(Arrays.copyOf(whole, beginning.length));
    }

    /** Half of it noise, half of it words, so that every encoding has both kinds of blocks to write. */
    private static byte[] content(Random random) {
        byte[] content = new byte[200 + random.nextInt(400)];
        random.nextBytes(content);
        for (int i = content.length / 2; i < content.length; i++) {
            content[i] = (byte) "event_id".charAt(i % 8);
        }
        return content;
    }
}
