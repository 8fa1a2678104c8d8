package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.TestSize;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What {@link UntrustedJson#document} reads is what {@link UntrustedJson#tree} reads. */
class DocumentTest {
    private static final UntrustedJson JSON = UntrustedJson.WITH_NON_NUMBERS;

    private static final String[] PARTS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"type\"",
        "\"a\"",
        "\"a\"",
        "\"ü\"",
        "\"\\u0000\"",
        "\"\"",
        "0",
        "-17",
        "2147483648",
        "92233720368547758080",
        "1.5",
        "1e999",
        "NaN",
        "-Infinity",
        "true",
        "false",
        "null",
        " "
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[{},[],[[{\"b\":{}}]],\"x\"],\"a\":{\"type\":1}}",
                "{\"a\":1,\"b\":2,\"a\":{\"b\":null}}",
                "{\"a\":[1,2147483648,92233720368547758080,1.50,1e999,NaN,true,false,null,\"\\ud83d\\ude00 \\n\"]}",
                "[1,{\"a\":2}]",
                "17",
                "null",
                ""
            })
    void treesAreThoseOfTheMapper(String text) {
        assertThat(tree(text)).isEqualTo(mapped(text));
        assertThat(tree(text)).hasToString(mapped(text).toString());
    }

    @Test
    void treesAndFaultsOfRandomTextsAreThoseOfTheMapper() {
        var random = new Random(16);
        for (int i = 0; i < TestSize.of(20_000, 1_000_000); i++) {
            var text = new StringBuilder("{\"a\":");
            for (int parts = random.nextInt(12); parts > 0; parts--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            String json = text.append(random.nextBoolean() ? "}" : "0}").toString();
            assertThat(readOrFault(json)).as(json).isEqualTo(mappedOrFault(json));
        }
    }

    @Test
    void aDocumentIsNoDeeperAndNoLongerThanAnyOther() {
        String deepest = "[".repeat(479) + "]".repeat(479);
        assertThat(tree("{\"a\":" + deepest + "}")).isEqualTo(mapped("{\"a\":" + deepest + "}"));
        assertThatThrownBy(() -> tree("{\"a\":[" + deepest + "]}")).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> tree("{\"a\":[0" + ",0".repeat(1_000_000) + "]}"))
                .isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\\n \\\\x \\\"\"} | true",
                "{\"ü\":\"é 語 ¬\"}           | true",
                "{\"a\":1.5e300}            | true",
                "{\"a\":\"\\u0041\"}         | false",
                "{\"a\":\"12345678 \\u0000\"} | false",
                "{\"a\":\"\\ud800\"}           | false",
                "{\"a\":\"a smile: 😀\"}     | false",
                "{\"a\":1e999}              | false",
                "{\"a\":[[NaN]]}            | false"
            })
    void aDocumentIsPlainIfNothingInItCanBeUnstorable(String text, boolean isPlain) {
        assertThat(read(text).isPlain()).isEqualTo(isPlain);
    }

    /** Whatever bytes are read as: a plain document has neither NUL nor halves of characters. */
    @Test
    void plainDocumentsOfRandomBytesHaveWholeCharactersOnly() {
        var random = new Random(17);
        int plain = 0;
        for (int i = 0; i < TestSize.of(50_000, 2_000_000); i++) {
            byte[] json = "{\"a\":\"................\"}".getBytes(UTF_8);
            for (int at = 6 + random.nextInt(14), n = random.nextInt(4); n >= 0; n--) {
                json[at + n] = (byte) (random.nextInt(4) == 0 ? 0xed : random.nextInt(0x20, 0x100));
            }
            try {
                UntrustedJson.Document document = JSON.document(json, 0, json.length);
                if (document.isPlain()) {
                    plain++;
                    String text = document.tree().path("a").asString("");
                    assertThat(text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c)))
                            .as(Arrays.toString(json))
                            .isTrue();
                }
            } catch (JacksonException _) {
                // No document at all.
            }
        }
        assertThat(plain).isPositive();
    }

    @Test
    void aPartOfSomeBytesIsReadAsItselfAlone() {
        byte[] bytes = "\\u\\u{\"a\":1}\\u\\u".getBytes(UTF_8);

        UntrustedJson.Document document = JSON.document(bytes, 4, 7);

        assertThat(document.tree()).isEqualTo(mapped("{\"a\":1}"));
        assertThat(document.isPlain()).isTrue();
    }

    private static UntrustedJson.Document read(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return JSON.document(bytes, 0, bytes.length);
    }

    private static JsonNode tree(String text) {
        return read(text).tree();
    }

    private static JsonNode mapped(String text) {
        return JSON.tree(text);
    }

    private static String readOrFault(String text) {
        try {
            return tree(text).toString();
        } catch (JacksonException e) {
            return fault(e);
        }
    }

    private static String mappedOrFault(String text) {
        try {
            return mapped(text).toString();
        } catch (JacksonException e) {
            return fault(e);
        }
    }

    private static String fault(JacksonException e) {
        return e.getLocation() + " " + e.getOriginalMessage();
    }
}
