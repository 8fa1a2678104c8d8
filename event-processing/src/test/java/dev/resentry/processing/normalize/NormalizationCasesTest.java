package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of normalising as cases: an event as it is sent, what stands at which place afterwards (null for nothing), and the names of
 * the fields that the event's errors speak of.
 */
class NormalizationCasesTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> FILES =
            List.of("times", "defaults", "names", "tags", "users", "requests", "contexts", "exceptions", "messages");

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void anEventBecomes(String file, String what, JsonNode given) {
        ObjectNode event = (ObjectNode) given.path("event").deepCopy();

        EventNormalizer.normalize(event, context(given.path("context")));

        given.path("becomes").properties().forEach(place -> {
            JsonNode value = event.at(place.getKey());
            if (place.getValue().isNull()) {
                assertThat(value.isMissingNode())
                        .as("%s: %s", place.getKey(), value)
                        .isTrue();
            } else {
                assertThat(value).as(place.getKey()).isEqualTo(place.getValue());
            }
        });
        assertThat(event.path("errors")
                        .valueStream()
                        .map(error -> error.path("name").asString()))
                .containsExactlyInAnyOrderElementsOf(given.path("errors")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    static Stream<Arguments> cases() {
        return FILES.stream()
                .flatMap(file -> read(file)
                        .valueStream()
                        .map(given -> Arguments.of(file, given.path("what").asString(), given)));
    }

    private static NormalizationContext context(JsonNode given) {
        String sentAt = given.path("sent_at").asString(null);
        return new NormalizationContext(
                null,
                new EventId(new UUID(1, 2)),
                RECEIVED,
                sentAt == null ? null : Instant.parse(sentAt),
                given.path("address").asString(null),
                given.path("user_agent").asString(null),
                given.path("client").asString(null));
    }

    private static JsonNode read(String file) {
        try (InputStream in = NormalizationCasesTest.class.getResourceAsStream("/normalize/%s.json".formatted(file))) {
            byte[] bytes = in.readAllBytes();
            return UntrustedJson.STRICT.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
