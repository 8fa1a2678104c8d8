package dev.resentry.model.event;

import tools.jackson.databind.JsonNode;

/**
 * A read-only view of the SDK that an event says it came from.
 *
 * @param json the SDK as it came, missing if there is none
 */
public record EventSdk(JsonNode json) {

    /** Such as {@code sentry.java}, empty if there is none. */
    public String name() {
        return EventFields.scalar(json, "name");
    }

    /** Empty if there is none. */
    public String version() {
        return EventFields.scalar(json, "version");
    }
}
