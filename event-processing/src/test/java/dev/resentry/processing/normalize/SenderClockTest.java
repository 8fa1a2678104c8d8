package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SenderClockTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");
    private static final String SPAN = """
            {"trace_id": "4c79f60c11214eb38604f4ae0781bfb2", "span_id": "b01b9f6349558cd1", "op": "db",
             "start_timestamp": "2026-11-20T08:59:00Z", "timestamp": "2026-11-20T08:59:30Z"}""";

    @Test
    void aWrongClockMovesASpanAsAWhole() {
        NormalizedSpan span = span(new SenderClock(RECEIVED, RECEIVED.minus(Duration.ofHours(3))));

        assertThat(span.startedAt()).isEqualTo("2026-11-20T11:59:00Z");
        assertThat(span.endedAt()).isEqualTo("2026-11-20T11:59:30Z");
    }

    @Test
    void withoutATimeOfSendingASpanStaysWhereItIs() {
        assertThat(span(new SenderClock(RECEIVED, null)).endedAt()).isEqualTo("2026-11-20T08:59:30Z");
    }

    @Test
    void noTimeOfSendingIsTooWild() {
        assertThat(new SenderClock(RECEIVED, Instant.MAX).drift()).isZero();
        assertThat(new SenderClock(RECEIVED, Instant.MIN).drift()).isZero();
        assertThat(new SenderClock(RECEIVED, Instant.ofEpochSecond(1)).drift()).isPositive();
    }

    @Test
    void noTimeOfAnEntryIsTooWild() {
        assertThat(Timestamps.parse(JsonNodeFactory.instance.stringNode("+999999999-12-31T23:59:59Z")))
                .isNull();
        assertThat(Timestamps.parse(JsonNodeFactory.instance.stringNode("2026-11-20T12:00:00Z")))
                .isEqualTo(RECEIVED);
    }

    private static NormalizedSpan span(SenderClock clock) {
        return ((Normalization.Valid<NormalizedSpan>)
                        SpanNormalizer.single((ObjectNode) UntrustedJson.STRICT.tree(SPAN), clock))
                .value();
    }
}
