package dev.resentry.model.event;

import tools.jackson.databind.JsonNode;

/**
 * A read-only view of one thread of an event.
 *
 * @param json the thread as it came
 */
public record EventThread(JsonNode json) {

    /** Whether the event was sent because of this thread. */
    public boolean isCrashed() {
        return EventFields.flag(json, "crashed");
    }

    /** Whether this thread was running when the event was made. */
    public boolean isCurrent() {
        return EventFields.flag(json, "current");
    }

    public Stacktrace stacktrace() {
        return new Stacktrace(json.path("stacktrace"));
    }
}
