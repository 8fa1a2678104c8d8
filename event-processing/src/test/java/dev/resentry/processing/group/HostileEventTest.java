package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.title.Title;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that nobody should send end in a hash as well, in the time of one that is well-formed. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileEventTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<String> PLATFORMS = List.of(
            "javascript",
            "node",
            "python",
            "java",
            "csharp",
            "go",
            "ruby",
            "php",
            "elixir",
            "rust",
            "native",
            "perl",
            "other");
    private static final String[] PIECES = {
        "a",
        "B",
        "1",
        "<",
        ">",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "$",
        "+",
        "-",
        "/",
        "\\",
        ".",
        ":",
        "::",
        "#",
        "@",
        "~",
        "_",
        "`",
        "'",
        "\"",
        "*",
        "|",
        " ",
        "\0",
        "\ud83d",
        "lambda$",
        "$$Lambda",
        "d__",
        "b__",
        "block in ",
        "async ",
        " in ",
        "::h",
        "<lambda>",
        "{closure}",
        "node_modules/",
        "https://",
        ".js",
        "eyJ",
        "0x",
        "\u00df",
        " as ",
        "<anonymous>",
        "@anonymous",
        "$anonfun$",
        "anonymous fn/1 in ",
        "-fun-",
        "operator<",
        "="
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1_000, 1_001, 100_000})
    void anyNumberOfFrames(int count) {
        ObjectNode event = MAPPER.createObjectNode().put("platform", "java");
        ArrayNode frames = exception(event).putObject("stacktrace").putArray("frames");
        for (int i = 0; i < count; i++) {
            frames.addObject().put("module", "shop.C" + i).put("function", "f").put("in_app", i % 3 == 0);
        }

        GroupingResult result = SentEvent.ofJson(event.toString()).grouped();

        assertThat(result.explanation().toJson().toString()).hasSizeLessThan(100_000);
    }

    @Test
    void anEndlessChainCountsAtItsEnds() {
        ObjectNode event = MAPPER.createObjectNode().put("platform", "java");
        for (int i = 0; i < 20_000; i++) {
            exception(event).put("type", "E" + i).put("value", "v");
        }

        assertThat(SentEvent.ofJson(event.toString()).grouped().explanation().hashedTexts())
                .contains("E0", "E7", "E19999", "E19998")
                .doesNotContain("E8", "E19997");
    }

    /** Trees that are none: their own parents, two roots, a cycle, doubled ids, ids that are texts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0:0 1:0",
                "0:1 1:0",
                "0:- 1:-",
                "0:- 0:0",
                "0:- 1:2 2:1",
                "0:- 1:7",
                "x:- 1:0",
                "0:- 1:0 2:1 3:2 4:3",
                "1:-",
                "0:- 1:1",
                "-:-"
            })
    void treesOfExceptionsThatAreNone(String tree) {
        ObjectNode event = MAPPER.createObjectNode().put("platform", "python");
        for (String node : tree.split(" ")) {
            ObjectNode mechanism = exception(event)
                    .put("type", "E" + node)
                    .putObject("mechanism")
                    .put("is_exception_group", true);
            put(mechanism, "exception_id", node.substring(0, node.indexOf(':')));
            put(mechanism, "parent_id", node.substring(node.indexOf(':') + 1));
        }
        SentEvent sent = SentEvent.ofJson(event.toString());

        assertThat(sent.hash()).isEqualTo(sent.hash());
        assertThat(Title.of(sent.normalized().view())).startsWith("E");
    }

    private static void put(ObjectNode mechanism, String name, String id) {
        if (id.equals("x")) {
            mechanism.put(name, "x");
        } else if (!id.equals("-")) {
            mechanism.put(name, Integer.parseInt(id));
        }
    }

    /** A group of groups as deep as the list of exceptions is long. */
    @Test
    void groupsInGroups() {
        ObjectNode event = MAPPER.createObjectNode().put("platform", "python");
        for (int i = 5_000; i >= 0; i--) {
            ObjectNode mechanism = exception(event).put("type", "E" + i).putObject("mechanism");
            mechanism.put("exception_id", i).put("is_exception_group", i < 5_000);
            if (i > 0) {
                mechanism.put("parent_id", i - 1);
            }
        }
        SentEvent sent = SentEvent.ofJson(event.toString());

        assertThat(sent.grouped().explanation().hashedTexts()).contains("E5000").doesNotContain("E0");
        assertThat(Title.of(sent.normalized().view())).isEqualTo("E5000");
    }

    @RepeatedTest(40)
    void namesOfAnyCharacters(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (String platform : PLATFORMS) {
            ObjectNode event = MAPPER.createObjectNode().put("platform", platform);
            ObjectNode exception = exception(event).put("type", text(random)).put("value", text(random));
            ArrayNode frames = exception.putObject("stacktrace").putArray("frames");
            for (int i = 0; i < 20; i++) {
                frames.addObject()
                        .put("module", random.nextBoolean() ? text(random) : "")
                        .put("function", text(random))
                        .put("filename", text(random))
                        .put("abs_path", text(random))
                        .put("package", text(random))
                        .put("context_line", text(random));
            }
            SentEvent sent = SentEvent.ofJson(event.toString());

            assertThat(sent.grouped()).isEqualTo(sent.grouped());
            assertThat(Title.of(sent.normalized().view())).isNotBlank();
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static ObjectNode exception(ObjectNode event) {
        return event.withObjectProperty("exception").withArrayProperty("values").addObject();
    }
}
