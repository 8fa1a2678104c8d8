package dev.resentry.gateway.publish;

import dev.resentry.model.envelope.RawEnvelope;

/** Keeps envelopes. */
public interface EnvelopePublisher {

    /** Waits, within a bound, until the envelope is kept. */
    Publication publish(RawEnvelope envelope);

    /** What became of publishing. */
    sealed interface Publication {

        /** It is on all in-sync replicas: it survives the death of any one process. */
        record Kept() implements Publication {}

        /** It is not known to be kept. It may turn up all the same: a broker that answers too late has it. */
        record Unavailable(String cause) implements Publication {}
    }
}
