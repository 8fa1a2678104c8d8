package dev.resentry.query.event;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.event.StoredEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.MissingNode;

/** The stack trace of an event, the frame nearest to the crash last. */
@JsonNaming(SnakeCaseStrategy.class)
record StacktraceResponse(long issueId, String eventId, Frames stacktrace) {
    record Frames(@Schema(type = "array") List<Object> frames) {}

    /** The frames of the exception thrown last that has some, else of the crashed or current thread, the event itself, any thread. */
    static StacktraceResponse of(StoredEvent event) {
        JsonNode payload = UntrustedJson.STORED.tree(event.payloadJson());
        JsonNode frames = framesOf(payload);
        return new StacktraceResponse(
                event.issueId(),
                event.id().toString(),
                new Frames(StreamSupport.stream(frames.spliterator(), false)
                        .map(Object.class::cast)
                        .toList()));
    }

    private static JsonNode framesOf(JsonNode payload) {
        JsonNode exceptions = payload.path("exception").path("values");
        for (int i = exceptions.size() - 1; i >= 0; i--) {
            JsonNode frames = exceptions.get(i).path("stacktrace").path("frames");
            if (!frames.isEmpty()) {
                return frames;
            }
        }
        JsonNode threads = payload.path("threads").path("values");
        for (String flag : List.of("crashed", "current")) {
            for (JsonNode thread : threads) {
                JsonNode frames = thread.path("stacktrace").path("frames");
                if (thread.path(flag).asBoolean(false) && !frames.isEmpty()) {
                    return frames;
                }
            }
        }
        JsonNode ofTheEvent = payload.path("stacktrace").path("frames");
        return ofTheEvent.isEmpty() ? framesOfAny(threads) : ofTheEvent;
    }

    private static JsonNode framesOfAny(JsonNode threads) {
        return threads.valueStream()
                .map(thread -> thread.path("stacktrace").path("frames"))
                .filter(frames -> !frames.isEmpty())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
