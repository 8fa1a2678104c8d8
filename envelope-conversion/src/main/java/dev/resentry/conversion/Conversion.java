package dev.resentry.conversion;

import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.outcome.DropReason;

/** The result of converting a body. */
public sealed interface Conversion {

    /** The envelope. The payloads of its items are views of the body or arrays of their own. */
    record Converted(Envelope envelope) implements Conversion {}

    /** The body cannot be converted. */
    record Rejected(DropReason reason, String cause) implements Conversion {}
}
