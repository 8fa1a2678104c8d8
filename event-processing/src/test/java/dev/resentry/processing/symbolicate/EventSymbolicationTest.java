package dev.resentry.processing.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFile.Kind;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.sourcemap.SourceMapLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventSymbolicationTest {
    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");
    private static final String MAP = """
            {"version":3,"sources":["webpack://shop/./src/a.js"],"names":[],"mappings":"AAEA,UADA",
             "sourcesContent":["function pay() {\\n  check();\\n  send();\\n}"]}
            """;
    private static final String FRAME =
            "{'abs_path':'https://shop.example/static/app.%s.js','function':'t','lineno':1,'colno':%d,'in_app':true}";

    private final UploadedFiles files = new UploadedFiles()
            .with(Kind.SOURCE_MAP, "~/static/app.1.js.map", MAP)
            .with(Kind.SOURCE_MAP, "~/static/app.2.js.map", MAP + " ")
            .with(Kind.SOURCE_MAP, null, DEBUG_ID, null, MAP.getBytes(UTF_8));
    private final EventSymbolication symbolication =
            new EventSymbolication(new Symbolicator(new ReadFiles(1 << 20, SourceMapLimits.DEFAULT)), (_, failure) -> {
                throw failure;
            });

    private static NormalizedEvent event(String more, String frames) {
        String json = "{'platform':'javascript','exception':[{'type':'TypeError','value':'x is no function',"
                + "'stacktrace':{'frames':[" + frames + "]}}]" + more + "}";
        return normalized(json.replace('\'', '"'));
    }

    private static NormalizedEvent normalized(String json) {
        return EventNormalizer.normalize(
                (ObjectNode) UntrustedJson.STRICT.tree(json),
                NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.parse("2026-11-20T12:00:00Z")));
    }

    private NormalizedEvent symbolicated(String more, String frames) {
        NormalizedEvent event = event(more, frames);
        symbolication.apply(event, files);
        return event;
    }

    private static JsonNode frame(NormalizedEvent event, int index) {
        return event.json().at("/exception/values/0/stacktrace/frames/" + index);
    }

    @Test
    void putsOriginalFramesInThePlaceOfMinifiedOnes() {
        NormalizedEvent event = symbolicated(",'release':'shop@1'", FRAME.formatted("1", 1));

        JsonNode frame = frame(event, 0);
        assertThat(frame.path("filename").asString()).isEqualTo("./src/a.js");
        assertThat(frame.path("abs_path").asString()).isEqualTo("webpack://shop/./src/a.js");
        assertThat(frame.path("module").asString()).isEqualTo("src/a");
        assertThat(frame.path("function").asString()).isEqualTo("pay");
        assertThat(frame.path("lineno").asInt()).isEqualTo(3);
        assertThat(frame.path("colno").asInt()).isEqualTo(1);
        assertThat(frame.path("context_line").asString()).isEqualTo("  send();");
        assertThat(frame.at("/pre_context/0").asString()).isEqualTo("function pay() {");
        assertThat(frame.at("/post_context/0").asString()).isEqualTo("}");
        assertThat(frame.at("/data/sourcemap").asString()).isEqualTo("~/static/app.1.js.map");
        assertThat(frame.at("/data/symbolicated").asBoolean()).isTrue();
        assertThat(frame.at("/data/resolved_with").asString()).isEqualTo("release");
        assertThat(event.json().has("errors")).isFalse();
    }

    @Test
    void keepsTheFramesAsTheyCameBesideThem() {
        NormalizedEvent event = symbolicated(",'release':'shop@1'", FRAME.formatted("1", 1));

        JsonNode raw = event.json().at("/exception/values/0/raw_stacktrace/frames/0");
        assertThat(raw.path("filename").asString()).isEqualTo("/static/app.1.js");
        assertThat(raw.path("function").asString()).isEqualTo("t");
        assertThat(raw.path("colno").asInt()).isEqualTo(1);
        assertThat(raw.has("data")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "85314830-023f-4cf1-a267-535f4e37bb17",
                "85314830-023F-4CF1-A267-535F4E37BB17",
                "85314830023f4cf1a267535f4e37bb17",
            })
    void readsDebugIdsInAnySpelling(String id) {
        String images =
                ",'debug_meta':{'images':[{'type':'sourcemap','code_file':'https://shop.example/static/app.9.js?v=1',"
                        + "'debug_id':'" + id + "'}]}";

        NormalizedEvent event = symbolicated(images, FRAME.formatted("9", 11));

        assertThat(frame(event, 0).path("lineno").asInt()).isEqualTo(2);
        assertThat(frame(event, 0).at("/data/resolved_with").asString()).isEqualTo("debug-id");
    }

    @Test
    void groupsEventsOfTwoBuildsAsOne() {
        NormalizedEvent first = symbolicated(",'release':'shop@1'", FRAME.formatted("1", 1));
        NormalizedEvent second =
                symbolicated(",'release':'shop@1'", FRAME.formatted("2", 5).replace("'t'", "'qx'"));

        assertThat(Grouping.of(first, GroupingRules.NONE).primary())
                .isEqualTo(Grouping.of(second, GroupingRules.NONE).primary());
    }

    @Test
    void saysInTheErrorsWhatIsMissing() {
        String frames = FRAME.formatted("7", 1) + "," + FRAME.formatted("7", 9) + "," + FRAME.formatted("1", 1) + ","
                + FRAME.formatted("8", 1).replace("true", "false");

        NormalizedEvent event = symbolicated(",'release':'shop@1'", frames);

        assertThat(event.json().path("errors")).hasSize(1);
        JsonNode error = event.json().at("/errors/0");
        assertThat(error.path("type").asString()).isEqualTo("js_missing_source");
        assertThat(error.path("name").asString()).isEqualTo("exception.values.0.stacktrace.frames.1");
        assertThat(error.path("value").asString()).isEqualTo("https://shop.example/static/app.7.js");
        assertThat(error.path("reason").asString()).startsWith("Release shop@1 has no file ~/static/app.7.js.");
        assertThat(frame(event, 0).path("function").asString()).isEqualTo("t");
        assertThat(frame(event, 2).path("function").asString()).isEqualTo("pay");
    }

    @Test
    void leavesAloneWhatIsReadableAlready() {
        NormalizedEvent event = symbolicated(",'release':'shop@1'", FRAME.formatted("1", 1));
        String once = event.json().toString();

        symbolication.apply(event, files);

        assertThat(event.json().toString()).isEqualTo(once);
        assertThat(normalized(once).json()).isEqualTo(event.json());
    }

    @Test
    void leavesALongStackTraceSoThatNormalisingItAgainChangesNothing() {
        String frames = IntStream.range(0, 120)
                .mapToObj(i -> FRAME.formatted("1", 1 + i % 12).replace("true", i % 3 == 0 ? "false" : "true"))
                .collect(Collectors.joining(","));

        NormalizedEvent event = symbolicated(",'release':'shop@1'", frames);

        assertThat(frame(event, 119).has("pre_context")).isTrue();
        assertThat(normalized(event.json().toString()).json()).isEqualTo(event.json());
    }

    @Test
    void asksNothingAboutFramesOfOtherLanguages() {
        NormalizedEvent event =
                event(",'release':'shop@1'", FRAME.formatted("1", 1).replace("{", "{'platform':'cocoa',"));

        symbolication.apply(event, files);

        assertThat(files.questions).isZero();
        assertThat(EventSymbolication.concerns(normalized("{\"platform\":\"java\"}")))
                .isFalse();
        assertThat(EventSymbolication.concerns(event)).isTrue();
    }

    @Test
    void saysThatTheCodeCannotBeShown() {
        files.with(
                Kind.SOURCE_MAP,
                "~/static/app.3.js.map",
                "{\"version\":3,\"sources\":[\"a.js\"],\"mappings\":\"AAAA\"}");

        NormalizedEvent event = symbolicated(",'release':'shop@1'", FRAME.formatted("3", 1));

        assertThat(frame(event, 0).path("filename").asString()).isEqualTo("/static/a.js");
        assertThat(frame(event, 0).has("context_line")).isFalse();
        assertThat(event.json().at("/errors/0/type").asString()).isEqualTo("js_missing_sources_content");
    }

    /** Some SDKs send the stack trace as the engine told it beside one that they made of it. */
    @Test
    void leavesAStackTraceAloneBesideWhichItsSenderPutARawOne() {
        NormalizedEvent event = normalized(WITH_RAW.replace('\'', '"'));
        String before = event.json().toString();

        symbolication.apply(event, files);

        assertThat(event.json().toString()).isEqualTo(before);
        assertThat(Unsymbolicated.wanted(event)).isEmpty();
    }

    @Test
    void anEventIsLeftAsItCameAndSaysSoWhenSomethingHereIsBroken() {
        List<RuntimeException> failures = new ArrayList<>();
        var broken = new EventSymbolication(
                new Symbolicator(new ReadFiles(1 << 20, SourceMapLimits.DEFAULT)),
                (_, failure) -> failures.add(failure));
        NormalizedEvent event = event(",'release':'shop@1'", FRAME.formatted("1", 1));
        JsonNode before = event.json().path("exception").deepCopy();

        broken.apply(event, new Answering() {
            @Override
            public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
                return Collections.singletonList(null);
            }
        });

        assertThat(event.json().path("exception")).isEqualTo(before);
        assertThat(event.json().at("/errors/0/type").asString()).isEqualTo("js_symbolication_failed");
        assertThat(event.json().at("/errors/0/reason").asString()).contains("a fault of the server");
        assertThat(failures).hasSize(1);
        assertThat(Unsymbolicated.wanted(event)).as("to be made readable later").isPresent();
    }

    @Test
    void whatCannotBeAskedNowIsThrownOnSoThatTheEventComesAgain() {
        NormalizedEvent event = event(",'release':'shop@1'", FRAME.formatted("1", 1));

        assertThatThrownBy(() -> symbolication.apply(event, new Answering() {
                    @Override
                    public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
                        throw new IllegalStateException("away");
                    }
                }))
                .hasMessage("away");
        assertThat(event.json().has("errors")).isFalse();
    }

    @Test
    void asksOnceForAllFramesOfAFileAndNothingForEventsWithoutFrames() {
        symbolicated(
                ",'release':'shop@1'",
                IntStream.range(0, 30)
                        .mapToObj(i -> FRAME.formatted("1", 1 + i))
                        .collect(Collectors.joining(",")));

        assertThat(files.questions).isEqualTo(1);
        assertThat(EventSymbolication.concerns(normalized("{\"platform\":\"javascript\",\"message\":\"hello\"}")))
                .isFalse();
    }

    private static final String WITH_RAW = """
            {'platform':'javascript','release':'shop@1','exception':[{'type':'TypeError','value':'x',
             'stacktrace':{'frames':[{'abs_path':'https://shop.example/static/app.1.js','function':'t','lineno':1,'colno':1,'in_app':true}]},
             'raw_stacktrace':{'frames':[{'abs_path':'https://shop.example/static/app.1.js','function':'own','lineno':9,'colno':9}]}}]}
            """;

    /** Has nothing. */
    private static class Answering implements CodeFiles {
        @Override
        public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
            return List.of();
        }

        @Override
        public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
            return List.of();
        }

        @Override
        public Optional<byte[]> content(CodeFile file) {
            return Optional.empty();
        }
    }
}
