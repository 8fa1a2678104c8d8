package dev.resentry.model.event;

import tools.jackson.databind.JsonNode;

/**
 * A read-only view of an event's message.
 *
 * @param json the interface {@code logentry}, missing if there is none
 */
public record LogEntry(JsonNode json) {

    /** The message before its parameters were filled in, else with them; empty if there is none. */
    public String template() {
        return firstOf("message", "formatted");
    }

    /** The message as a person reads it; empty if there is none. */
    public String formatted() {
        return firstOf("formatted", "message");
    }

    private String firstOf(String first, String second) {
        String text = EventFields.scalar(json, first);
        return text.isBlank() ? EventFields.scalar(json, second) : text;
    }
}
