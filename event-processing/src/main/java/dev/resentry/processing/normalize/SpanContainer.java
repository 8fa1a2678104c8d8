package dev.resentry.processing.normalize;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a container of spans: a JSON object with an array {@code items} (ingest protocol, section 2.5). One entry at a time is
 * a tree.
 */
public final class SpanContainer {
    private SpanContainer() {}

    /**
     * Reads all spans of a container.
     *
     * @param itemCount how many its header says that it has
     * @throws JacksonException if it is no JSON
     */
    public static Normalization<List<NormalizedSpan>> read(Payload payload, int itemCount, SenderClock clock) {
        try (JsonParser parser =
                UntrustedJson.WITH_NON_NUMBERS.parser(payload.source(), payload.offset(), payload.length())) {
            List<NormalizedSpan> spans = spans(parser, clock);
            return spans.size() == itemCount
                    ? new Normalization.Valid<>(spans)
                    : new Normalization.Invalid<>(
                            "item_count: %d, but items has %d".formatted(itemCount, spans.size()));
        } catch (InvalidFieldException e) {
            return new Normalization.Invalid<>(String.valueOf(e.getMessage()));
        }
    }

    private static List<NormalizedSpan> spans(JsonParser parser, SenderClock clock) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidFieldException("container", String.valueOf(parser.currentToken()), "a JSON object");
        }
        List<NormalizedSpan> spans = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("items") && value == JsonToken.START_ARRAY) {
                spans = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    NormalizedSpan span = span(parser.readValueAsTree(), spans.size());
                    spans.add(span.shifted(clock.shift(span.endedAt())));
                }
            } else {
                parser.skipChildren();
            }
        }
        if (spans == null) {
            throw new InvalidFieldException("items", "missing", "an array");
        }
        return spans;
    }

    private static NormalizedSpan span(JsonNode entry, int index) {
        if (entry instanceof ObjectNode span) {
            return SpanNormalizer.second(span, "items[%d].".formatted(index));
        }
        throw new InvalidFieldException(
                "items[%d]".formatted(index), entry.getNodeType().name(), "a JSON object");
    }
}
