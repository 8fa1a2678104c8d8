package dev.resentry.processing.title;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TitleTest {
    private static final String THROWN = """
            {"exception":{"type":"E","value":"first line\\nsecond","stacktrace":{"frames":[
                {"module":"shop.Cart","function":"pay","lineno":1,"in_app":true}]}}}""";

    @Test
    void titlesAndCulpritsSayWhatAndWhere() {
        var event = event(THROWN).json();

        assertThat(Title.of(event)).isEqualTo("E: first line");
        assertThat(Title.culprit(event)).isEqualTo("shop.Cart in pay");
        assertThat(Title.of(event("{}").json())).isEqualTo("<unlabeled event>");
        assertThat(Title.culprit(event("{\"transaction\":\"GET /cart\"}").json()))
                .isEqualTo("GET /cart");
    }

    @Test
    void theMessageOfAnEventIsCutForLists() {
        assertThat(Title.message(event(THROWN).json())).isNull();
        assertThat(Title.message(event("{\"message\":\"%s\"}".formatted("x".repeat(1_001)))
                        .json()))
                .isEqualTo("x".repeat(999) + "…");
    }

    private static NormalizedEvent event(String json) {
        var read = (EventJson.Read.Json) EventJson.read(Payload.of(json.getBytes(UTF_8)));
        return EventNormalizer.normalize(read.event(), null, new EventId(new UUID(1, 2)), Instant.EPOCH);
    }
}
