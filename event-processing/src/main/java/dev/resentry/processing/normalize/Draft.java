package dev.resentry.processing.normalize;

import dev.resentry.processing.meta.EventErrors;
import dev.resentry.processing.meta.EventErrors.Kind;
import dev.resentry.processing.meta.EventMeta;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An event while it is normalised: its tree, and where it is noted what was changed in it. */
record Draft(ObjectNode json, EventMeta meta, EventErrors errors, NormalizationContext context) {

    static Draft of(ObjectNode json, NormalizationContext context) {
        return new Draft(json, new EventMeta(json), new EventErrors(json), context);
    }

    /** Notes that a value was of no use. */
    void invalid(Path path, JsonNode value, String reason) {
        errors.add(Kind.INVALID_DATA, path.toString(), value, reason);
    }

    /** Notes that a value is gone because of its length. */
    void tooLong(Path path, JsonNode value, String reason) {
        errors.add(Kind.VALUE_TOO_LONG, path.toString(), value, reason);
    }

    /** Notes that a value was shortened. */
    void shortened(Path path, int length) {
        meta.shortened(path.names(), length);
    }
}
