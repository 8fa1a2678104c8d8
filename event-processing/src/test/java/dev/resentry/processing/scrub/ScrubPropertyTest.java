package dev.resentry.processing.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.scrub.rule.ScrubRule;
import dev.resentry.processing.scrub.rule.ScrubRule.Method;
import dev.resentry.processing.scrub.rule.Target;
import dev.resentry.testsupport.size.TestSize;
import java.net.URLEncoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Properties of scrubbing for random trees. The number of the repetition is the seed of its random input. */
class ScrubPropertyTest {
    private static final int ROUNDS = TestSize.of(100, 2_000);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<Scrubber> SCRUBBERS = List.of(
            new Scrubber(ScrubSettings.DEFAULT),
            new Scrubber(new ScrubSettings(true, List.of("note"), List.of("id"), IpPolicy.TRUNCATE, List.of())),
            new Scrubber(new ScrubSettings(
                    true,
                    List.of(),
                    List.of(),
                    IpPolicy.REMOVE,
                    List.of(
                            new ScrubRule(Method.HASH, Target.EMAIL, null, "**", null),
                            new ScrubRule(Method.MASK, Target.PATTERN, "[a-z]{3}[0-9]+", "extra.**", null),
                            new ScrubRule(Method.REPLACE, Target.PATTERN, "b+", "tags.*", "ab"),
                            new ScrubRule(Method.REMOVE, Target.ANYTHING, null, "$user.id || $http.cookies", null)))));

    private static final String[] NAMES = {
        "request",
        "data",
        "headers",
        "cookies",
        "extra",
        "contexts",
        "tags",
        "breadcrumbs",
        "values",
        "message",
        "exception",
        "value",
        "stacktrace",
        "frames",
        "vars",
        "user",
        "id",
        "note",
        "url",
        "password",
        "Authorization",
        "token",
        "max_tokens",
        "spans",
        "author",
        "ip_address",
        "trace",
        "logentry",
        "params",
        "\u0000",
        "",
        "käse",
        "💩",
        "_meta",
        "type",
        "name",
        "key"
    };

    /** What must not be left of any text. */
    private static final List<String> SECRETS = List.of(
            "jane@example.com",
            "4111111111111111",
            "DE89370400440532013000",
            "078-05-1120",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_1",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "sk-proj-abcdef1234567890ABCDEF");

    private static final String[] PIECES = {
        " ",
        "\n",
        "\t",
        "\"",
        "'",
        "\\",
        "\\\"",
        "\\n",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "=",
        ":",
        "&",
        ";",
        ",",
        "<",
        ">",
        "/",
        "//",
        "-",
        "--",
        "@",
        "%",
        "%40",
        "%3D",
        "%20",
        "password",
        "token",
        "Bearer",
        "Basic",
        "author",
        "x",
        "0",
        "12",
        "4111",
        "https",
        "://",
        "\u0000",
        "\ud800",
        "é",
        "💩",
        "[Filtered]",
        "[email]",
        "/home/",
        "203.0.113.9",
        "::1",
        "-----BEGIN ",
        "PRIVATE KEY-----",
        "null"
    };

    @RepeatedTest(20)
    void scrubbingTwiceIsScrubbingOnce(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            ObjectNode event = object(random, 4);
            String before = event.toString();
            for (Scrubber scrubber : SCRUBBERS) {
                ObjectNode once = event.deepCopy();
                scrubber.scrub(once);
                ObjectNode twice = once.deepCopy();
                scrubber.scrub(twice);
                ObjectNode again = event.deepCopy();
                scrubber.scrub(again);

                assertThat(twice).as(before).isEqualTo(once);
                assertThat(again).as(before).isEqualTo(once);
                assertThat(UntrustedJson.STORED.tree(once.toString()).isObject())
                        .isTrue();
            }
        }
    }

    @RepeatedTest(20)
    void noSecretIsLeftHoweverItIsWrapped(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < ROUNDS; i++) {
            String secret = SECRETS.get(random.nextInt(SECRETS.size()));
            String wrapped = secret;
            for (int level = random.nextInt(4); level > 0; level--) {
                wrapped = wrapped(random, wrapped);
            }
            ObjectNode event = JSON.createObjectNode();
            event.putObject("extra").put("body", wrapped);
            event.putObject("logentry").put("formatted", wrapped);
            event.putObject("request").putArray("data").addArray().add("body").add(wrapped);
            event.putObject("exception").putArray("values").addObject().put("value", wrapped);

            SCRUBBERS.getFirst().scrub(event);

            assertThat(event.toString()).as(wrapped).doesNotContain(secret).doesNotContain(secret.replace("@", "%40"));
        }
    }

    /** A text as it is found in another one. */
    private static String wrapped(Random random, String text) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.writeValueAsString(JSON.createObjectNode().put("note", text));
            case 1 -> JSON.writeValueAsString(JSON.createArrayNode().add(1).add(text));
            case 2 -> "a=1&b=" + URLEncoder.encode(text, UTF_8) + "&c=2";
            case 3 -> "https://example.com/x?b=" + text;
            case 4 -> "before " + text + " behind";
            case 5 -> "\u0000" + text + "\ufffd";
            case 6 -> "line\n\t" + text + "\r\n";
            default -> "💩'" + text + "'";
        };
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = NAMES[random.nextInt(NAMES.length)];
            switch (depth == 0 ? 2 + random.nextInt(4) : random.nextInt(6)) {
                case 0 -> object.set(name, object(random, depth - 1));
                case 1 -> object.set(name, array(random, depth - 1));
                case 2 -> object.put(name, random.nextLong());
                case 3 -> object.putNull(name);
                default -> object.put(name, text(random));
            }
        }
        return object;
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (depth > 0 && random.nextBoolean()) {
                array.add(random.nextBoolean() ? object(random, depth - 1) : array(random, depth - 1));
            } else {
                array.add(random.nextBoolean() ? NAMES[random.nextInt(NAMES.length)] : text(random));
            }
        }
        return array;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(
                    random.nextInt(4) == 0
                            ? SECRETS.get(random.nextInt(SECRETS.size()))
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
