package dev.resentry.model.event;

import tools.jackson.databind.JsonNode;

/**
 * A read-only view of a frame of a stack trace. Its names are empty where there is none; a number is no name.
 *
 * @param json the frame as it came
 */
public record Frame(JsonNode json) {

    /** The module or class. */
    public String module() {
        return EventFields.text(json, "module");
    }

    public String function() {
        return EventFields.text(json, "function");
    }

    /** The file, relative to the program where the SDK knows how. */
    public String filename() {
        return EventFields.text(json, "filename");
    }

    /** The file with its whole path, or its URL. */
    public String absPath() {
        return EventFields.text(json, "abs_path");
    }

    /** The line in the file, from 1 on; 0 if there is none. */
    public int line() {
        JsonNode line = json.path("lineno");
        return line.isInt() && line.asInt() > 0 ? line.asInt() : 0;
    }

    /** Whether the frame is said to be of a library or the platform. */
    public boolean isForeign() {
        JsonNode inApp = json.path("in_app");
        return inApp.isBoolean() && !inApp.asBoolean();
    }

    /** Whether the frame is of the program itself, not of a library or the platform. */
    public boolean isInApp() {
        return EventFields.flag(json, "in_app");
    }
}
