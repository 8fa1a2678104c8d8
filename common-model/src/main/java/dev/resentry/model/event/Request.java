package dev.resentry.model.event;

import tools.jackson.databind.JsonNode;

/**
 * A read-only view of the HTTP request in which an event happened.
 *
 * @param json the request as it came, missing if there is none
 */
public record Request(JsonNode json) {

    /** The URL, empty if there is none. */
    public String url() {
        return EventFields.scalar(json, "url");
    }
}
