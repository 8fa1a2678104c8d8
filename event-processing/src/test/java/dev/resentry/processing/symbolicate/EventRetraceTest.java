package dev.resentry.processing.symbolicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.artifact.CodeFile.Kind;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.sourcemap.SourceMapLimits;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventRetraceTest {
    private static final UUID ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");

    /** Of what R8 makes of the program of module retrace. */
    private static final String MAPPING = """
            # {"id":"com.android.tools.r8.mapping","version":"2.2"}
            com.example.shop.Card -> o.a:
            # {"id":"sourceFile","fileName":"Card.java"}
            com.example.shop.CardDeclined -> o.b:
            # {"id":"sourceFile","fileName":"CardDeclined.java"}
                1:1:void <init>(java.lang.String):7:7 -> <init>
            com.example.shop.Checkout -> o.d:
            # {"id":"sourceFile","fileName":"Checkout.java"}
                8:8:void charge(java.lang.String):18:18 -> a
            com.example.shop.Shop -> com.example.shop.Shop:
            # {"id":"sourceFile","fileName":"Shop.java"}
                2:3:void com.example.shop.Checkout.pay(java.lang.String[]):11:12 -> main
                2:3:void main(java.lang.String[]):8 -> main
            """;

    private final EventSymbolication symbolication =
            new EventSymbolication(new Symbolicator(new ReadFiles(1 << 20, SourceMapLimits.DEFAULT)), (_, failure) -> {
                throw failure;
            });

    @Test
    void framesAndExceptionsGetTheirNamesBackAndKeepThoseThatTheyCameWith() {
        NormalizedEvent event = event(ID);
        JsonNode came = event.json().at("/exception/values/0/stacktrace").deepCopy();

        symbolication.apply(event, mapping(ID, MAPPING));

        JsonNode exception = event.json().at("/exception/values/0");
        assertThat(exception.path("module").asString()).isEqualTo("com.example.shop");
        assertThat(exception.path("type").asString()).isEqualTo("CardDeclined");
        assertThat(exception.path("value").asString()).isEqualTo("no com.example.shop.Card for 1 items");
        assertThat(exception.path("raw_type").asString()).isEqualTo("b");
        assertThat(exception.path("raw_module").asString()).isEqualTo("o");
        assertThat(exception.path("raw_stacktrace")).isEqualTo(came);
        assertThat(exception.at("/stacktrace/frames").valueStream().map(EventRetraceTest::words))
                .containsExactly(
                        "java.lang.Thread.run (Thread.java:1474)",
                        "com.example.shop.Shop.main (Shop.java:8)",
                        "com.example.shop.Checkout.pay (Checkout.java:12)",
                        "com.example.shop.Checkout.charge (Checkout.java:18)");
        JsonNode thrower = exception.at("/stacktrace/frames/3");
        assertThat(thrower.path("in_app").asBoolean())
                .as("of the package of the release")
                .isTrue();
        assertThat(thrower.at("/data/resolved_with").asString()).isEqualTo("proguard");
        assertThat(thrower.at("/data/mapping").asString()).isEqualTo(ID.toString());
        assertThat(exception.at("/stacktrace/frames/0").has("data")).isFalse();
        assertThat(event.json().has("errors")).isFalse();
        assertThat(Unsymbolicated.isReadable(event)).isTrue();
    }

    @Test
    void whatIsMissingOrBrokenIsSaidAndWantedLater() {
        NormalizedEvent missing = event(ID);
        symbolication.apply(missing, EventSymbolication.NO_FILES);
        NormalizedEvent broken = event(ID);
        symbolication.apply(broken, mapping(ID, "com.example.Card -> a\n"));
        NormalizedEvent brokenClass = event(ID);
        JsonNode came = brokenClass.json().path("exception").deepCopy();
        symbolication.apply(brokenClass, mapping(ID, "com.example.shop.Checkout -> o.d:\n    what is this\n"));

        assertThat(missing.json().at("/errors/0/type").asString()).isEqualTo("proguard_missing_mapping");
        assertThat(missing.json().at("/errors/0/reason").asString()).contains("upload-proguard --uuid " + ID);
        assertThat(broken.json().at("/errors/0/type").asString()).isEqualTo("proguard_invalid_mapping");
        assertThat(brokenClass.json().at("/errors/0/type").asString()).isEqualTo("proguard_invalid_mapping");
        assertThat(brokenClass.json().path("exception")).isEqualTo(came);
        assertThat(List.of(missing, broken, brokenClass))
                .allSatisfy(event -> assertThat(Unsymbolicated.wanted(event)).hasValue(Set.of(ID)));
    }

    @Test
    void anEventWithoutAMappingOrWithoutJavaAsksForNothing() {
        UploadedFiles files = mapping(ID, MAPPING);
        NormalizedEvent other = normalized(event(ID).json().put("platform", "python"));

        symbolication.apply(other, files);

        assertThat(other.json().has("errors")).isFalse();
        assertThat(Unsymbolicated.wanted(other)).isEmpty();
        assertThat(EventSymbolication.concerns(normalized(event(ID).json().without("debug_meta"))))
                .isFalse();
        assertThat(files.questions).isZero();
    }

    @Test
    void ofManyStackTracesTheFirstAreRetracedAndTheOthersStay() {
        ObjectNode json = event(ID).json();
        ObjectNode threads = json.putObject("threads");
        for (int i = 0; i < EventRetrace.MOST_STACKS + 5; i++) {
            ObjectNode thread = threads.withArray("values").addObject().put("id", i);
            thread.putObject("stacktrace")
                    .putArray("frames")
                    .addObject()
                    .put("module", "o.d")
                    .put("function", "a")
                    .put("lineno", 8);
        }
        NormalizedEvent event = normalized(json);
        List<EventStack> stacks = EventStack.of(event.json());
        assertThat(stacks).as("the exception's, and those of threads").hasSizeGreaterThan(EventRetrace.MOST_STACKS);

        symbolication.apply(event, mapping(ID, MAPPING));

        assertThat(EventStack.of(event.json()).stream().map(EventStack::isRetraced))
                .containsExactlyElementsOf(IntStream.range(0, stacks.size())
                        .mapToObj(i -> i < EventRetrace.MOST_STACKS)
                        .toList());
        assertThat(event.json().has("errors")).as("without an entry").isFalse();
    }

    @Test
    void whatALateMappingDidIsTakenBack() {
        NormalizedEvent event = event(ID);
        symbolication.apply(event, EventSymbolication.NO_FILES);
        JsonNode before = event.json().deepCopy();

        List<JsonNode> errors = Unsymbolicated.takeBack(event.json());
        symbolication.apply(event, mapping(ID, MAPPING));
        Unsymbolicated.keep(event.json(), errors);
        assertThat(Unsymbolicated.isAsReadable((ObjectNode) before, event.json()))
                .isTrue();
        assertThat(Unsymbolicated.isReadable(normalized(event.json().deepCopy())))
                .isTrue();
        assertThat((JsonNode) normalized(event.json().deepCopy()).json())
                .as("normalised again")
                .isEqualTo(event.json());
        assertThat(Unsymbolicated.isAsReadable(event.json().deepCopy(), (ObjectNode) before))
                .isFalse();
        Unsymbolicated.restore(event.json());

        assertThat((JsonNode) event.json()).isEqualTo(before);
    }

    private static String words(JsonNode frame) {
        return "%s.%s (%s:%d)"
                .formatted(
                        frame.path("module").asString(),
                        frame.path("function").asString(),
                        frame.path("filename").asString(),
                        frame.path("lineno").asInt());
    }

    private static UploadedFiles mapping(UUID id, String text) {
        return new UploadedFiles().with(Kind.PROGUARD, null, id, null, text.getBytes(UTF_8));
    }

    private static NormalizedEvent event(UUID mapping) {
        return normalized((ObjectNode) UntrustedJson.STORED.tree("""
                {"platform": "java", "release": "com.example.shop@1.4.0+7",
                 "debug_meta": {"images": [{"type": "proguard", "uuid": "%s"}]},
                 "exception": {"values": [{"type": "b", "module": "o", "value": "no o.a for 1 items", "stacktrace": {"frames": [
                   {"module": "java.lang.Thread", "function": "run", "filename": "Thread.java", "lineno": 1474, "in_app": false},
                   {"module": "com.example.shop.Shop", "function": "main", "filename": "SourceFile", "lineno": 3, "in_app": true},
                   {"module": "o.d", "function": "a", "filename": "SourceFile", "lineno": 8, "in_app": false}]}}]}}
                """.formatted(mapping)));
    }

    private static NormalizedEvent normalized(ObjectNode json) {
        return EventNormalizer.normalize(
                json,
                NormalizationContext.of(
                        new EventId(UUID.fromString("00000000-0000-4000-8000-000000000001")),
                        Instant.parse("2026-11-20T00:00:00Z")));
    }
}
