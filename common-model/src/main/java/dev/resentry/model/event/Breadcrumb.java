package dev.resentry.model.event;

import tools.jackson.databind.JsonNode;

/**
 * A read-only view of a breadcrumb: one of the things that led to an event.
 *
 * @param json the breadcrumb as it came
 */
public record Breadcrumb(JsonNode json) {

    /** What part of the program it comes from, empty if there is none. */
    public String category() {
        return EventFields.text(json, "category");
    }

    /** The text for people, empty if there is none. */
    public String message() {
        return EventFields.scalar(json, "message");
    }

    /** The level; info where none or an unknown one is stated. */
    public Level level() {
        return Level.parse(EventFields.text(json, "level")).orElse(Level.INFO);
    }
}
