package dev.resentry.processing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.testsupport.size.TestSize;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Events that are made to take long, or all there is of memory or stack. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileEventsTest {
    private static final NormalizationContext CONTEXT =
            NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.parse("2026-11-20T12:00:00Z"));

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("deep objects", "{\"extra\":%s1%s}".formatted("{\"a\":".repeat(470), "}".repeat(470))),
                Arguments.of(
                        "deep lists in a field of nobody", "{\"x\":%s%s}".formatted("[".repeat(470), "]".repeat(470))),
                Arguments.of("deep exceptions", "{\"exception\":%s%s}".formatted("[".repeat(470), "]".repeat(470))),
                Arguments.of("many tags", "{\"tags\":{%s}}".formatted(many("\"t%d\":\"v\"", 490_000))),
                Arguments.of("many bad tags", "{\"tags\":[%s]}".formatted(many("[\"é%d\",1]", 240_000))),
                Arguments.of(
                        "many frames",
                        "{\"stacktrace\":{\"frames\":[%s]}}".formatted(many("{\"function\":\"f%d\"}", 240_000))),
                Arguments.of(
                        "many bad frames",
                        "{\"stacktrace\":{\"frames\":[%s]}}".formatted(many("{\"lineno\":[%d]}", 160_000))),
                Arguments.of(
                        "many exceptions",
                        "{\"exception\":[%s]}".formatted(many("{\"type\":%d,\"value\":{}}", 140_000))),
                Arguments.of(
                        "many breadcrumbs",
                        "{\"breadcrumbs\":[%s]}".formatted(many("{\"timestamp\":\"x%d\"}", 240_000))),
                Arguments.of("many NULs", "{\"extra\":{%s}}".formatted(many("\"\\u0000%d\":\"\\u0000\"", 400_000))),
                Arguments.of("many contexts", "{\"contexts\":{%s}}".formatted(many("\"c%d\":7", 400_000))),
                Arguments.of("many parts of a fingerprint", "{\"fingerprint\":[%s]}".formatted(many("[%d]", 300_000))),
                Arguments.of(
                        "a long text everywhere",
                        "{\"message\":\"%1$s\",\"release\":\"%1$s\",\"user\":{\"ip_address\":\"%1$s\"},"
                                .concat(
                                        "\"timestamp\":\"%1$s\",\"tags\":{\"a\":\"%1$s\"},\"request\":{\"url\":\"%1$s\",\"headers\":{\"User-Agent\":\"%1$s\"}}}")
                                .formatted("?a=b#%+-".repeat(100_000))),
                Arguments.of(
                        "a template of places alone",
                        "{\"logentry\":{\"message\":\"%s\",\"params\":[\"%s\"]}}"
                                .formatted("%(".repeat(500_000), "x".repeat(10_000))),
                Arguments.of(
                        "a template of braces alone",
                        "{\"logentry\":{\"message\":\"%s\",\"params\":[%s]}}"
                                .formatted("{{}".repeat(300_000), many("\"%d\"", 10_000))),
                Arguments.of("a time of digits alone", "{\"timestamp\":\"%s\"}".formatted("9".repeat(1_000_000))),
                Arguments.of(
                        "a long User-Agent",
                        "{\"request\":{\"headers\":{\"User-Agent\":\"%s\"}}}".formatted("Android (; ".repeat(100_000))),
                Arguments.of(
                        "a long query", "{\"request\":{\"query_string\":\"%s\"}}".formatted("a%&".repeat(300_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void endAsAnEventOfABoundedSizeWithBoundedErrors(String what, String sent) {
        var read = (EventJson.Read.Json) EventJson.read(Payload.of(sent.getBytes(UTF_8)));

        EventNormalizer.normalize(read, CONTEXT);

        String once = EventJson.write(read.event());
        JsonNode stored = UntrustedJson.STORED.tree(once);
        assertThat(stored.path("errors").size()).isLessThanOrEqualTo(101);
        assertThat(stored.path("tags").size()).isLessThanOrEqualTo(502);
        var again = (EventJson.Read.Json) EventJson.read(Payload.of(once.getBytes(UTF_8)));
        EventNormalizer.normalize(again.event(), CONTEXT);
        assertThat(again.event().equals(stored))
                .as("normalising again changes nothing")
                .isTrue();
    }

    private static String many(String entry, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < TestSize.of(count / 10, count); i++) {
            text.append(i == 0 ? "" : ",").append(entry.replace("%d", String.valueOf(i)));
        }
        return text.toString();
    }
}
