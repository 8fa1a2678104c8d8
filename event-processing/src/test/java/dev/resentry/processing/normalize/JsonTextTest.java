package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.testsupport.size.TestSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is written is what an ordinary mapper writes. */
class JsonTextTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SIGNS = "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080\u00ff\u2028\u20ac\ufffd";

    @Test
    void valuesOfAllKindsAreWrittenAsTheMapperDoes() {
        ObjectNode tree = NODES.objectNode();
        tree.put("int", -17).put("long", 1L << 40).put("float", 1.5f).put("double", 0.1);
        tree.put("large", 1e300).put("none", Double.NaN).put("infinite", Double.NEGATIVE_INFINITY);
        tree.put("integer", BigInteger.TEN.pow(30)).put("decimal", new BigDecimal("1.50"));
        tree.put("true", true).put("false", false).putNull("null");
        tree.put("bytes", new byte[] {1, 2, 3}).put("", "");
        tree.putArray("array").add(1).addArray();
        tree.putObject("object").putObject("\n").put("🦊", "🦊\"");

        assertThat(EventJson.write(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
        assertThat(JsonText.of(tree)).contains(MAPPER.writeValueAsString(tree));
    }

    @Test
    void signsAreEscapedWhereverTheyStand() {
        for (int length = 0; length < 20; length++) {
            for (int at = 0; at <= length; at++) {
                for (int i = 0; i < SIGNS.length(); i++) {
                    String text = "a".repeat(at) + SIGNS.charAt(i) + "z".repeat(length - at);
                    ObjectNode tree = NODES.objectNode().put(text, text);
                    assertThat(EventJson.write(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
                }
            }
        }
    }

    @Test
    void halvesOfCharactersStayWhatTheyAre() {
        for (String text :
                new String[] {"\ud83d", "a\udd8a", "\ud83d\ud83d\udd8a", "\udd8a\ud83d", "12345678\ud83d", "ü\ud83d"}) {
            ObjectNode tree = NODES.objectNode().put("a", text);
            assertThat(JsonText.of(tree)).isEmpty();
            assertThat(EventJson.write(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
        }
    }

    @Test
    void randomTreesAreWrittenAsTheMapperDoes() {
        var random = new Random(16);
        for (int i = 0; i < TestSize.of(2_000, 200_000); i++) {
            ObjectNode tree = NODES.objectNode();
            for (int n = random.nextInt(6); n > 0; n--) {
                tree.set(text(random), value(random, 4));
            }
            assertThat(EventJson.write(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
        }
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> NODES.numberNode(random.nextInt());
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(Double.longBitsToDouble(random.nextLong()));
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.stringNode(text(random));
            case 5 -> {
                ArrayNode array = NODES.arrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    object.set(text(random), value(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(30); n > 0; n--) {
            switch (random.nextInt(12)) {
                case 0 -> text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
                case 1 -> text.appendCodePoint(random.nextInt(0xd800));
                case 2 -> text.appendCodePoint(0x1_0000 + random.nextInt(0x1000));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
