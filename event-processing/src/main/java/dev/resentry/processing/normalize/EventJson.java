package dev.resentry.processing.normalize;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of events. */
public final class EventJson {
    private static final JsonMapper WRITER = JsonMapper.shared();

    private EventJson() {}

    /** What became of reading a payload. */
    public sealed interface Read {
        /**
         * It is a JSON object.
         *
         * @param isPlain whether it is sure that nothing in it is what a database cannot hold
         */
        record Json(ObjectNode event, boolean isPlain) implements Read {}

        /** It is not; the cause says where. */
        record Invalid(String cause) implements Read {}
    }

    /** Reads a payload that should be one JSON object. */
    public static Read read(Payload payload) {
        try {
            UntrustedJson.Document document =
                    UntrustedJson.WITH_NON_NUMBERS.document(payload.source(), payload.offset(), payload.length());
            return document.tree() instanceof ObjectNode event
                    ? new Read.Json(event, document.isPlain())
                    : new Read.Invalid(
                            "expected a JSON object, got " + document.tree().getNodeType());
        } catch (JacksonException e) {
            return new Read.Invalid(cause(e));
        }
    }

    /** Where a document is no JSON, and why. */
    public static String cause(JacksonException fault) {
        long at = fault.getLocation() == null ? -1 : fault.getLocation().getByteOffset();
        return "byte %d: %s".formatted(at, fault.getOriginalMessage());
    }

    public static String write(ObjectNode event) {
        return JsonText.of(event).orElseGet(() -> writeAny(event));
    }

    /** Writes what is rare, and what is not well-formed. */
    static String writeAny(JsonNode value) {
        return WRITER.writeValueAsString(value);
    }
}
