package dev.resentry.query.event;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.Frame;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.event.StoredEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The stack trace of an event, the frame nearest to the crash last. */
@JsonNaming(SnakeCaseStrategy.class)
record StacktraceResponse(long issueId, String eventId, Frames stacktrace) {
    record Frames(@Schema(type = "array") List<Object> frames) {}

    /** The frames of the main stack trace, those of original files where a source map was found; empty if the event has none. */
    static StacktraceResponse of(StoredEvent stored) {
        JsonNode payload = UntrustedJson.STORED.tree(stored.payloadJson());
        OriginalNames.addTo(payload);
        var event = new Event(payload);
        return new StacktraceResponse(
                stored.issueId(),
                stored.id().toString(),
                new Frames(Stacktraces.main(event).frames().stream()
                        .<Object>map(Frame::json)
                        .toList()));
    }
}
