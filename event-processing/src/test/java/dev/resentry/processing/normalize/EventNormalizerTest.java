package dev.resentry.processing.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNormalizerTest {
    private static final EventId FALLBACK = new EventId(new UUID(1, 2));
    private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");

    private static final NormalizationContext CONTEXT = NormalizationContext.of(FALLBACK, RECEIVED);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"exception\":[{\"type\":\"A\"}]} | /exception/values/0/type | A",
                "{\"exception\":{\"type\":\"A\"}} | /exception/values/0/type | A",
                "{\"exception\":{\"values\":[null,{\"type\":\"A\"}]}} | /exception/values/0/type | A",
                "{\"breadcrumbs\":[{\"message\":\"m\"}]} | /breadcrumbs/values/0/message | m",
                "{\"tags\":[[\"a\",1],[\"b\",null]]} | /tags/a | 1",
                "{\"tags\":{\"a\":true}} | /tags/a | True",
                "{\"message\":\"hello\"} | /logentry/formatted | hello",
                "{\"message\":{\"message\":\"%s\",\"params\":[]}} | /logentry/message | %s",
                "{\"logentry\":\"hello\"} | /logentry/formatted | hello",
                "{\"level\":\"WARN\"} | /level | warning",
                "{\"level\":7} | /level | error",
                "{\"exception\":{\"type\":\"A\"},\"stacktrace\":{\"frames\":[{\"function\":\"f\"}]}} | /exception/values/0/stacktrace/frames/0/function | f",
                "{\"extra\":{\"n\":NaN}} | /extra/n | NaN"
            })
    void oddShapesBecomeOne(String sent, String pointer, String expected) {
        assertThat(normalized(sent).json().at(pointer).asString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1763640000, 2025-11-20T12:00:00Z",
        "1763640000.5, 2025-11-20T12:00:00.500Z",
        "'\"2025-11-20T12:00:00Z\"', 2025-11-20T12:00:00Z",
        "'\"2025-11-20T12:00:00.123456789\"', 2025-11-20T12:00:00.123456Z",
        "'\"2025-11-20T13:00:00+01:00\"', 2025-11-20T12:00:00Z",
        "'\"2025-11-20 12:00:00\"', 2025-11-20T12:00:00Z",
        "'\"1763640000\"', 2025-11-20T12:00:00Z",
        "'\"soon\"', 2026-11-20T12:00:00Z",
        "null, 2026-11-20T12:00:00Z",
        "99999999999999, 2026-11-20T12:00:00Z",
        "'\"2030-01-01T00:00:00Z\"', 2026-11-20T12:00:00Z"
    })
    void timesAreUnderstoodAndWildOnesAreThatOfArrival(String timestamp, Instant expected) {
        assertThat(normalized("{\"timestamp\":%s}".formatted(timestamp)).occurredAt())
                .isEqualTo(expected);
    }

    @Test
    void theEnvelopesIdWinsOverTheEventsAndItOverNone() {
        EventId header = new EventId(new UUID(3, 4));
        String sent = "{\"event_id\":\"00000000-0000-0005-0000-000000000006\"}";

        assertThat(EventNormalizer.normalize(read(sent), CONTEXT.withHeaderId(header))
                        .id())
                .isEqualTo(header);
        assertThat(normalized(sent).id()).isEqualTo(new EventId(new UUID(5, 6)));
        assertThat(normalized("{\"event_id\":\"x\"}").id()).isEqualTo(FALLBACK);
    }

    @Test
    void whatPostgresCannotHoldIsReplaced() {
        String json = EventJson.write(normalized("{\"extra\":{\"a\\u0000b\":[\"c\\u0000\",{\"d\":\"\\u0000\"}]}}")
                .json());

        assertThat(json).doesNotContain("\\u0000").contains("a\ufffdb").contains("c\ufffd");
    }

    @Test
    void whatIsNoObjectSaysWhatAndWhere() {
        assertThat(EventJson.read(Payload.of("[1]".getBytes(UTF_8))))
                .isEqualTo(new EventJson.Read.Invalid("expected a JSON object, got ARRAY"));
        assertThat(EventJson.read(Payload.of("{\"a\":}".getBytes(UTF_8))))
                .isInstanceOfSatisfying(
                        EventJson.Read.Invalid.class,
                        invalid -> assertThat(invalid.cause()).startsWith("byte 5"));
    }

    private static NormalizedEvent normalized(String sent) {
        return EventNormalizer.normalize(read(sent), CONTEXT);
    }

    private static tools.jackson.databind.node.ObjectNode read(String sent) {
        return ((EventJson.Read.Json) EventJson.read(Payload.of(sent.getBytes(UTF_8)))).event();
    }
}
