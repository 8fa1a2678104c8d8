package dev.resentry.processing.normalize;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a container of logs: a JSON object with an array {@code items} (ingest protocol, section 2.5). One entry at a time is a tree. What
 * is wrong in one entry is a matter of that entry; what is wrong with the container makes it invalid as a whole.
 */
public final class LogContainer {
    private LogContainer() {}

    /**
     * Reads all logs of a container.
     *
     * @param itemCount how many its header says that it has
     * @throws JacksonException if it is no JSON
     */
    public static Normalization<List<NormalizedLog>> read(Payload payload, int itemCount, SenderClock clock) {
        try (JsonParser parser =
                UntrustedJson.WITH_NON_NUMBERS.parser(payload.source(), payload.offset(), payload.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Normalization.Invalid<>(
                        "container: %s (expected: a JSON object)".formatted(parser.currentToken()));
            }
            List<NormalizedLog> logs = items(parser, itemCount, clock);
            if (logs == null) {
                return new Normalization.Invalid<>("items: missing (expected: an array)");
            }
            return logs.size() == itemCount
                    ? new Normalization.Valid<>(logs)
                    : new Normalization.Invalid<>("item_count: %d, but items has %s"
                            .formatted(itemCount, logs.size() > itemCount ? "more" : Integer.toString(logs.size())));
        }
    }

    private static @Nullable List<NormalizedLog> items(JsonParser parser, int itemCount, SenderClock clock) {
        List<NormalizedLog> logs = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("items") && value == JsonToken.START_ARRAY) {
                logs = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (logs.size() > itemCount) {
                        // It is invalid already: more of it would only take memory.
                        parser.skipChildren();
                        continue;
                    }
                    logs.add(LogNormalizer.normalize(parser.readValueAsTree(), logs.size(), clock));
                }
            } else {
                parser.skipChildren();
            }
        }
        return logs;
    }
}
