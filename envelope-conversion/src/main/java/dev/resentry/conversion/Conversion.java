package dev.resentry.conversion;

import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.outcome.DropReason;

/** What became of a body. */
public sealed interface Conversion {

    /** It is an envelope; the payloads of its items may lie in the body or anywhere else. */
    record Converted(Envelope envelope) implements Conversion {}

    /** Nothing can be made of it. */
    record Rejected(DropReason reason, String cause) implements Conversion {}
}
