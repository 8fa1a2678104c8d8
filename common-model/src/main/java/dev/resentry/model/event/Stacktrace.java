package dev.resentry.model.event;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A read-only view of a stack trace.
 *
 * @param json the stack trace as it came, missing if there is none
 */
public record Stacktrace(JsonNode json) {

    /** Whether the field is there, be it without frames. */
    public boolean isPresent() {
        return json.isObject();
    }

    /** The oldest call first, the frame nearest to the crash last (ingest protocol, section 8.7). */
    public List<Frame> frames() {
        return EventFields.objects(json.path("frames")).stream().map(Frame::new).toList();
    }

    public boolean hasFrames() {
        return json.path("frames").valueStream().anyMatch(JsonNode::isObject);
    }

    /** The frame of the program nearest to the crash, else the frame nearest to it of any code. */
    public Optional<Frame> nearestFrame() {
        List<Frame> frames = frames();
        for (Frame frame : frames.reversed()) {
            if (frame.isInApp()) {
                return Optional.of(frame);
            }
        }
        return frames.isEmpty() ? Optional.empty() : Optional.of(frames.getLast());
    }
}
