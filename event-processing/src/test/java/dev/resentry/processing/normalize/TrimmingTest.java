package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TrimmingTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final NormalizationContext CONTEXT =
            NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.parse("2026-11-20T12:00:00Z"));

    /** Ingest protocol, section 8.6. */
    @ParameterizedTest
    @CsvSource({
        "/logentry/message, 8192, 200",
        "/logentry/formatted, 8192, 200",
        "/exception/values/0/value, 8192, 200",
        "/exception/values/0/mechanism/description, 8192, 200",
        "/breadcrumbs/values/0/message, 8192, 200",
        "/exception/values/0/type, 256, 20",
        "/exception/values/0/module, 256, 20",
        "/stacktrace/frames/0/function, 256, 20",
        "/stacktrace/frames/0/raw_function, 256, 20",
        "/stacktrace/frames/0/module, 256, 20",
        "/stacktrace/frames/0/filename, 256, 40",
        "/stacktrace/frames/0/abs_path, 256, 40",
        "/server_name, 256, 20",
        "/sdk/name, 256, 20",
        "/sdk/version, 256, 20",
        "/request/url, 256, 40",
        "/request/fragment, 1024, 0",
        "/transaction, 200, 0",
        "/culprit, 200, 0",
        "/breadcrumbs/values/0/type, 128, 0",
        "/breadcrumbs/values/0/category, 128, 0",
        "/exception/values/0/mechanism/type, 128, 0",
        "/threads/values/0/id, 128, 0"
    })
    void aTextIsCutWithDotsAndItsLengthIsNoted(String place, int limit, int grace) {
        ObjectNode within = normalized(place, "x".repeat(limit + grace));
        ObjectNode beyond = normalized(place, "x".repeat(limit + grace + 1));

        assertThat(within.at(place).asString()).hasSize(limit + grace);
        assertThat(within.has("_meta")).isFalse();
        assertThat(beyond.at(place).asString()).hasSize(limit).endsWith("x...");
        assertThat(beyond.at("/_meta" + place + "//len").asInt()).isEqualTo(limit + grace + 1);
    }

    @Test
    void aTextIsNotCutWithinACharacter() {
        assertThat(normalized("/transaction", "x".repeat(196) + "😀".repeat(10))
                        .path("transaction")
                        .asString())
                .isEqualTo("x".repeat(196) + "...");
    }

    @ParameterizedTest
    @CsvSource({
        "/extra/a, 16384, 6",
        "/request/data, 8192, 7",
        "/request/env, 8192, 7",
        "/contexts/app, 8192, 7",
        "/modules, 8192, 7",
        "/breadcrumbs/values/0/data, 2048, 5",
        "/stacktrace/frames/0/vars, 2048, 5",
        "/logentry/params, 2048, 5",
        "/exception/values/0/mechanism/data, 2048, 5"
    })
    void containersAreBoundedInSizeAndDepth(String place, int size, int depth) {
        ObjectNode many = JSON.objectNode();
        for (int i = 0; i < 3_000; i++) {
            many.put("key" + i, i);
        }
        ObjectNode deep = JSON.objectNode();
        ObjectNode inner = deep;
        for (int i = 0; i < 20; i++) {
            inner = inner.putObject("in");
        }

        ObjectNode large = normalized(place, many);
        ObjectNode nested = normalized(place, deep);

        assertThat(large.at(place).toString().length()).isBetween(size / 2, size + 2_000);
        assertThat(large.at("/_meta" + place + "//len").asInt()).isEqualTo(3_000);
        assertThat(nested.at(place + "/in".repeat(depth - 1)).isObject()).isTrue();
        assertThat(nested.at(place + "/in".repeat(depth)).asString()).startsWith("{\"in\":{");
    }

    @Test
    void extraIsBoundedAsAWhole() {
        ObjectNode extra = JSON.objectNode();
        for (int i = 0; i < 40; i++) {
            extra.put("key" + i, "x".repeat(10_000));
        }

        ObjectNode event = normalized("/extra", extra);

        assertThat(event.path("extra").toString().length()).isBetween(250_000, 264_000);
        assertThat(event.at("/_meta/extra//len").asInt()).isEqualTo(40);
    }

    @Test
    void queryCookiesAndHeadersAreBoundedAndStayPairs() {
        ObjectNode request = JSON.objectNode();
        request.put("query_string", "name=value&".repeat(500));
        request.put("cookies", "name=value;".repeat(500));
        request.putObject("headers").put("X-Long", "x".repeat(10_000));

        ObjectNode event = normalized("/request", request);

        for (String field : new String[] {"query_string", "cookies", "headers"}) {
            assertThat(event.path("request").path(field))
                    .as(field)
                    .isNotEmpty()
                    .allSatisfy(pair -> assertThat(pair.size()).isEqualTo(2));
        }
        assertThat(event.at("/request/query_string").size()).isEqualTo(1024 / 13);
        assertThat(event.at("/request/headers/0/1").asString()).endsWith("x...").hasSizeLessThan(8_192);
        assertThat(event.at("/_meta/request/query_string//len").asInt()).isEqualTo(500);
        assertThat(event.at("/_meta/request/headers/0/1//len").asInt()).isEqualTo(10_000);
    }

    @Test
    void ofManyFramesBothEndsStay() {
        ArrayNode frames = frames(1_000, false);

        JsonNode stacktrace = normalized("/stacktrace/frames", frames).path("stacktrace");

        assertThat(stacktrace.path("frames")).hasSize(250);
        assertThat(stacktrace.at("/frames/0/function").asString()).isEqualTo("f0");
        assertThat(stacktrace.at("/frames/124/function").asString()).isEqualTo("f124");
        assertThat(stacktrace.at("/frames/125/function").asString()).isEqualTo("f875");
        assertThat(stacktrace.at("/frames/249/function").asString()).isEqualTo("f999");
    }

    @Test
    void ofMoreThanFiftyFramesThoseOfTheProgramKeepTheirDetailsFirst() {
        ArrayNode frames = frames(60, false);
        for (int i = 20; i < 40; i++) {
            ((ObjectNode) frames.get(i)).put("in_app", true);
        }

        ObjectNode event = normalized("/stacktrace/frames", frames);

        JsonNode kept = event.at("/stacktrace/frames");
        assertThat(event.at("/_meta/stacktrace/frames//rem/0/0").asString()).isEqualTo("@frame_details");

        assertThat(detailed(kept)).hasSize(50);
        assertThat(kept.valueStream().filter(frame -> frame.path("in_app").asBoolean(false)))
                .allMatch(frame -> frame.has("vars"));
        assertThat(kept.get(0).has("vars")).isTrue();
        assertThat(kept.get(59).has("vars")).isTrue();
        assertThat(kept.get(15).has("vars")).isFalse();
        assertThat(kept.get(15).has("pre_context")).isFalse();
        assertThat(kept.get(15).path("context_line").asString()).isEqualTo("line");
        assertThat(detailed(normalized("/stacktrace/frames", frames(60, true)).at("/stacktrace/frames")))
                .hasSize(50);
        assertThat(detailed(normalized("/stacktrace/frames", frames(50, false)).at("/stacktrace/frames")))
                .hasSize(50);
    }

    private static Iterable<JsonNode> detailed(JsonNode frames) {
        return frames.valueStream().filter(frame -> frame.has("vars")).toList();
    }

    private static ArrayNode frames(int count, boolean inApp) {
        ArrayNode frames = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            ObjectNode frame = frames.addObject().put("function", "f" + i).put("context_line", "line");
            frame.put("in_app", inApp);
            frame.putObject("vars").put("a", 1);
            frame.putArray("pre_context").add("before");
        }
        return frames;
    }

    private static ObjectNode normalized(String place, String text) {
        return normalized(place, JSON.stringNode(text));
    }

    /** An event with a value at a place. */
    private static ObjectNode normalized(String place, JsonNode value) {
        ObjectNode event = JSON.objectNode();
        String[] names = place.substring(1).split("/");
        JsonNode parent = event;
        for (int i = 0; i < names.length; i++) {
            boolean isLast = i == names.length - 1;
            boolean isList = !isLast && names[i + 1].equals("0");
            JsonNode child = isLast ? value : isList ? JSON.arrayNode() : JSON.objectNode();
            if (parent instanceof ArrayNode list) {
                list.add(child);
            } else if (parent instanceof ObjectNode object) {
                object.set(names[i], child);
            }
            parent = child;
        }
        EventNormalizer.normalize(event, CONTEXT);
        return event;
    }
}
