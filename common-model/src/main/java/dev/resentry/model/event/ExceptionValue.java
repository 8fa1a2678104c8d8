package dev.resentry.model.event;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A read-only view of one exception of a chain.
 *
 * @param json the exception as it came
 */
public record ExceptionValue(JsonNode json) {

    /** The class of the exception, empty if there is none. */
    public String type() {
        return EventFields.scalar(json, "type");
    }

    /** The message of the exception, empty if there is none. */
    public String value() {
        return EventFields.scalar(json, "value");
    }

    /** Whether the SDK made up the type, because nothing was thrown. */
    public boolean isSynthetic() {
        return EventFields.flag(json.path("mechanism"), "synthetic");
    }

    /** Whether the program caught it; empty if the SDK does not say. */
    public Optional<Boolean> handled() {
        JsonNode handled = json.path("mechanism").path("handled");
        return handled.isBoolean() ? Optional.of(handled.asBoolean()) : Optional.empty();
    }

    public Stacktrace stacktrace() {
        return new Stacktrace(json.path("stacktrace"));
    }
}
