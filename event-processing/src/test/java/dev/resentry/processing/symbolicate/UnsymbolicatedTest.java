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
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class UnsymbolicatedTest {
    private static final UUID DEBUG_ID = UUID.fromString("85314830-023f-4cf1-a267-535f4e37bb17");
    private static final String MAP = """
            {"version":3,"sources":["webpack://shop/./src/a.js"],"names":[],"mappings":"AAEA,UADA",
             "sourcesContent":["function pay() {\\n  check();\\n  send();\\n}"]}
            """;

    private final UploadedFiles files = new UploadedFiles()
            .with(Kind.SOURCE_MAP, "~/static/app.1.js.map", MAP)
            .with(Kind.SOURCE_MAP, null, DEBUG_ID, null, MAP.getBytes(UTF_8));
    private final EventSymbolication symbolication =
            new EventSymbolication(new Symbolicator(new ReadFiles(1 << 20, SourceMapLimits.DEFAULT)), (_, failure) -> {
                throw failure;
            });

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatLateSourceMapsDidIsTakenBackWhateverTheEventSaidBefore(boolean saidWhatIsMissing) {
        var random = new Random(13);
        for (int i = 0; i < 300; i++) {
            NormalizedEvent event = event(random);
            if (saidWhatIsMissing) {
                symbolication.apply(event, EventSymbolication.NO_FILES);
            }
            JsonNode before = event.json().deepCopy();

            List<JsonNode> errors = Unsymbolicated.takeBack(event.json());
            symbolication.apply(event, files);
            Unsymbolicated.keep(event.json(), errors);
            Unsymbolicated.restore(event.json());

            assertThat((JsonNode) event.json()).isEqualTo(before);
        }
    }

    @Test
    void anEventThatIsReadableInPartCanBeMadeReadableAnew() {
        NormalizedEvent event = normalized(frame("1", true) + "," + frame("2", true));
        symbolication.apply(event, files);
        assertThat(Unsymbolicated.wanted(event)).hasValue(Set.of());
        files.with(Kind.SOURCE_MAP, "~/static/app.2.js.map", MAP + " ");

        Unsymbolicated.takeBack(event.json());
        symbolication.apply(event, files);

        assertThat(Unsymbolicated.wanted(event)).isEmpty();
        assertThat(event.json().has("errors")).isFalse();
    }

    @Test
    void framesOfTheProgramThatStayMinifiedWantSourceMaps() {
        NormalizedEvent minified = normalized(frame("3", true));
        assertThat(Unsymbolicated.wanted(minified)).hasValue(Set.of());

        NormalizedEvent known = normalized(
                frame("3", true),
                ",\"debug_meta\":{\"images\":[{\"type\":\"sourcemap\",\"code_file\":\"https://shop.example/static/app.3.js\","
                        + "\"debug_id\":\"" + DEBUG_ID + "\"}]}");
        assertThat(Unsymbolicated.wanted(known)).hasValue(Set.of(DEBUG_ID));

        assertThat(Unsymbolicated.wanted(normalized(frame("3", false))))
                .as("of a library")
                .isEmpty();
        assertThat(Unsymbolicated.wanted(normalized("{\"function\":\"native\",\"filename\":\"<anonymous>\"}")))
                .as("of the engine")
                .isEmpty();
    }

    private NormalizedEvent event(Random random) {
        String frames = frame("1", true) + ","
                + IntStream.range(0, 1 + random.nextInt(60))
                        .mapToObj(_ -> frame(random.nextBoolean() ? "1" : "2", random.nextInt(4) > 0))
                        .collect(Collectors.joining(","));
        return normalized(
                frames, random.nextBoolean() ? "" : ",\"errors\":[{\"type\":\"clock_drift\",\"name\":\"timestamp\"}]");
    }

    private static String frame(String file, boolean inApp) {
        return "{\"abs_path\":\"https://shop.example/static/app.%s.js\",\"function\":\"t\",\"lineno\":1,\"colno\":1,\"in_app\":%b}"
                .formatted(file, inApp);
    }

    private static NormalizedEvent normalized(String frames) {
        return normalized(frames, "");
    }

    private static NormalizedEvent normalized(String frames, String more) {
        String json = """
                {"platform":"javascript","release":"shop@1","exception":[{"type":"TypeError","value":"x","stacktrace":{"frames":[%s]}}]%s}
                """.formatted(frames, more);
        return EventNormalizer.normalize(
                (ObjectNode) UntrustedJson.STRICT.tree(json),
                NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.parse("2026-11-20T12:00:00Z")));
    }

    /** Whatever it is called by, what the sender sent is not what we kept. */
    @Test
    void whatTheSenderCallsARawStackTraceOrRawErrorsStays() {
        NormalizedEvent event = normalized(
                frame("9", true),
                ",\"raw_errors\":[\"mine\"],\"raw_stacktrace\":{\"frames\":[" + frame("8", true) + "]}");
        ((ObjectNode) event.json().at("/exception/values/0"))
                .set("raw_stacktrace", event.json().path("raw_stacktrace").deepCopy());
        JsonNode before = event.json().deepCopy();

        Unsymbolicated.takeBack(event.json());
        symbolication.apply(event, files);
        Unsymbolicated.restore(event.json());

        assertThat((JsonNode) event.json()).isEqualTo(before);
    }

    @Test
    void tellsWhetherFramesThatWereReadableAreSoStill() {
        NormalizedEvent event = normalized(frame("1", true) + "," + frame("2", true));
        assertThat(Unsymbolicated.isReadable(event)).isFalse();
        ObjectNode minified = event.json().deepCopy();
        symbolication.apply(event, files);
        assertThat(Unsymbolicated.isReadable(event)).as("in part").isFalse();

        assertThat(Unsymbolicated.isAsReadable(minified, event.json())).isTrue();
        assertThat(Unsymbolicated.isAsReadable(event.json(), event.json())).isTrue();
        assertThat(Unsymbolicated.isAsReadable(event.json(), minified)).isFalse();

        NormalizedEvent readable = normalized(frame("1", true) + "," + frame("2", false));
        symbolication.apply(readable, files);
        assertThat(Unsymbolicated.isReadable(readable)).isTrue();
    }
}
