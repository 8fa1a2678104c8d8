package dev.resentry.processing.group;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Where an event keeps stack traces. */
public final class Stacktraces {
    private Stacktraces() {}

    /** The stack of an event without exception: its own, or that of the one thread that matters. */
    public static JsonNode outsideExceptions(JsonNode event) {
        if (event.path("stacktrace").isObject()) {
            return event.path("stacktrace");
        }
        JsonNode threads = event.path("threads").path("values");
        JsonNode crashed = single(threads, "crashed");
        JsonNode chosen = crashed.isObject() ? crashed : single(threads, "current");
        if (!chosen.isObject() && threads.size() == 1) {
            chosen = threads.get(0);
        }
        return chosen.path("stacktrace");
    }

    /** The stack that tells where an event happened: of the exception thrown last, else the event's own. */
    public static JsonNode main(JsonNode event) {
        JsonNode exceptions = event.path("exception").path("values");
        for (int i = exceptions.size() - 1; i >= 0; i--) {
            JsonNode stacktrace = exceptions.get(i).path("stacktrace");
            if (!stacktrace.path("frames").isEmpty()) {
                return stacktrace;
            }
        }
        return outsideExceptions(event);
    }

    private static JsonNode single(JsonNode threads, String flag) {
        JsonNode found = MissingNode.getInstance();
        for (JsonNode thread : threads) {
            if (thread.path(flag).asBoolean(false)) {
                if (found.isObject()) {
                    return MissingNode.getInstance();
                }
                found = thread;
            }
        }
        return found;
    }
}
