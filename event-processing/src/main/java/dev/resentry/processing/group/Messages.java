package dev.resentry.processing.group;

import tools.jackson.databind.JsonNode;

/** The message of an event, for grouping and for people. */
public final class Messages {
    private Messages() {}

    /** The message before its parameters were filled in, else with them; empty if there is none. */
    public static String template(JsonNode event) {
        return firstText(event, "message", "formatted");
    }

    /** The message as a person should read it; empty if there is none. */
    public static String formatted(JsonNode event) {
        return firstText(event, "formatted", "message");
    }

    private static String firstText(JsonNode event, String first, String second) {
        JsonNode entry = event.path("logentry");
        String text = entry.path(first).asString("");
        return text.isBlank() ? entry.path(second).asString("") : text;
    }
}
