package dev.resentry.processing.title;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleTest {
    private static final String THROWN = """
            {"exception":{"type":"E","value":"first line\\nsecond","stacktrace":{"frames":[
                {"module":"shop.Cart","function":"pay","lineno":1,"in_app":true}]}}}""";

    @Test
    void titlesAndCulpritsSayWhatAndWhere() {
        assertThat(Title.of(event(THROWN))).isEqualTo("E: first line");
        assertThat(Title.culprit(event(THROWN))).isEqualTo("shop.Cart in pay");
        assertThat(Title.of(event("{}"))).isEqualTo("<unlabeled event>");
        assertThat(Title.culprit(event("{\"transaction\":\"GET /cart\"}"))).isEqualTo("GET /cart");
        assertThat(Title.culprit(event("{\"request\":{\"url\":\"http://shop/\"}}")))
                .isEqualTo("http://shop/");
    }

    @Test
    void theMessageOfAnEventIsCutForLists() {
        assertThat(Title.message(event(THROWN))).isNull();
        assertThat(Title.message(event("{\"message\":\"%s\"}".formatted("x".repeat(1_001)))))
                .isEqualTo("x".repeat(999) + "…");
    }

    /** As StacktraceResponseTest has it in query-api: the culprit is of the stack trace that people see. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own | {'stacktrace':{'frames':[{'module':'own'}]},'threads':[{},{'stacktrace':{'frames':[{'module':'other'}]}}]}",
                "crashed | {'stacktrace':{'frames':[{'module':'own'}]},'threads':[{'crashed':true,'stacktrace':{'frames':[{'module':'crashed'}]}}]}",
                "current | {'threads':[{'crashed':true},{'current':true,'stacktrace':{'frames':[{'module':'current'}]}}]}",
                "first | {'threads':[{'stacktrace':{'frames':[{'module':'first'}]}},{'stacktrace':{'frames':[{'module':'second'}]}}]}"
            },
            quoteCharacter = '`')
    void theCulpritIsOfTheMainStacktrace(String culprit, String sent) {
        assertThat(Title.culprit(event(sent.replace('\'', '"')))).isEqualTo(culprit);
    }

    private static Event event(String json) {
        var read = (EventJson.Read.Json) EventJson.read(Payload.of(json.getBytes(UTF_8)));
        return EventNormalizer.normalize(
                        read.event(), NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.EPOCH))
                .view();
    }
}
