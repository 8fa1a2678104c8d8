package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.TestSize;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UntrustedJsonTest {
    private static final List<byte[]> POISON =
            IntStream.range(0, 10).mapToObj(CollidingNames::poison).toList();
    private static final String VALID = CollidingNames.object(
            IntStream.range(0, 300).mapToObj(i -> "some_name_" + i).toList());

    /** If this fails, Jackson has been mended, or the names of this test do not collide in it any more. */
    @Test
    void anOrdinaryMapperIsPoisonedByOneDocument() {
        assertThat(POISON).anySatisfy(poison -> {
            JsonMapper ordinary = JsonMapper.builder().build();
            assertThatThrownBy(() -> ordinary.readTree(poison)).isInstanceOf(JacksonException.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ordinary.readTree(VALID.getBytes(UTF_8)))
                        .isInstanceOf(RuntimeException.class);
            }
        });
    }

    @Test
    void noDocumentAffectsLaterOnes() {
        for (byte[] poison : POISON) {
            readOrFault(poison);
            for (int i = 0; i < 3; i++) {
                assertThat(tree(VALID.getBytes(UTF_8))).hasToString(VALID);
                assertThat(UntrustedJson.STRICT.tree(VALID)).hasToString(VALID);
            }
        }
    }

    @Test
    void noDocumentAffectsThoseParsedByOtherThreads() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < TestSize.of(80, 400); i++) {
                byte[] poison = POISON.get(i % POISON.size());
                reads.add(threads.submit(() -> {
                    readOrFault(poison);
                    assertThat(tree(VALID.getBytes(UTF_8))).hasToString(VALID);
                }));
            }
            for (Future<?> read : reads) {
                read.get();
            }
        }
    }

    /** However many names collide, and however many others stand before them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void collidingNamesAreReadOrAreAFaultLikeAnyOther(int seed) {
        var random = new Random(seed);
        for (int round = 0; round < TestSize.of(5, 100); round++) {
            List<String> names = new ArrayList<>();
            for (int i = random.nextInt(2000); i > 0; i--) {
                names.add("name" + i);
            }
            names.addAll(CollidingNames.of(1 + random.nextInt(3000), random.nextInt()));
            readOrFault(CollidingNames.object(names).getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void nonNumbersAreReadWhereTheyAreAskedFor(String token) {
        byte[] json = "{\"a\":%s}".formatted(token).getBytes(UTF_8);

        assertThat(UntrustedJson.WITH_NON_NUMBERS
                        .tree(json, 0, json.length)
                        .path("a")
                        .asDouble())
                .isEqualTo(Double.valueOf(token));
        assertThatThrownBy(() -> tree(json)).isInstanceOf(JacksonException.class);
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(tree(("\ufeff" + VALID).getBytes(UTF_8))).hasToString(VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsAreNotLookedFor(String charset) {
        assertThatThrownBy(() -> tree(VALID.getBytes(Charset.forName(charset)))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> tree(("\ufeff" + VALID).getBytes(UTF_16LE))).isInstanceOf(JacksonException.class);
    }

    @Test
    void nothingMayStandBehindADocument() {
        assertThatThrownBy(() -> tree("{} {}".getBytes(UTF_8))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> UntrustedJson.STRICT.tree("{}}")).isInstanceOf(JacksonException.class);
    }

    @Test
    void locationsCountBytesFromWhereAParserBegins() {
        byte[] json = "....{\"ü\":x}".getBytes(UTF_8);
        try (JsonParser parser = UntrustedJson.STRICT.parser(json, 4, json.length - 4)) {
            parser.nextToken();
            assertThatThrownBy(parser::nextToken)
                    .isInstanceOfSatisfying(
                            JacksonException.class,
                            e -> assertThat(e.getLocation().getByteOffset()).isBetween(6L, 7L));
        }
    }

    /** A tree of empty arrays takes thirty times the bytes of its document. */
    @Test
    void aDocumentOfNothingButTokensIsAFaultBeforeItFillsTheMemory() {
        byte[] json = ("[[]" + ",[]".repeat(600_000) + "]").getBytes(UTF_8);

        assertThatThrownBy(() -> tree(json)).isInstanceOf(JacksonException.class);
    }

    @Test
    void whatWasReadCanBeWrappedAndReadAgain() {
        String deepest = "[".repeat(480) + "]".repeat(480);

        assertThat(tree(deepest.getBytes(UTF_8))).isNotNull();
        assertThatThrownBy(() -> tree(("[" + deepest + "]").getBytes(UTF_8))).isInstanceOf(JacksonException.class);
        assertThat(UntrustedJson.STORED.tree("{\"values\":[" + deepest + "]}")).isNotNull();
    }

    private static void readOrFault(byte[] json) {
        try {
            assertThat(tree(json).toString()).isEqualTo(new String(json, UTF_8));
        } catch (JacksonException e) {
            assertThat(e).hasMessageContaining("collisions");
        }
    }

    private static JsonNode tree(byte[] json) {
        return UntrustedJson.STRICT.tree(json, 0, json.length);
    }
}
