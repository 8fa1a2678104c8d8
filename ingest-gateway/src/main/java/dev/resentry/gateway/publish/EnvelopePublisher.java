package dev.resentry.gateway.publish;

import dev.resentry.model.envelope.RawEnvelope;
import java.util.concurrent.CompletableFuture;

/** Keeps envelopes. */
public interface EnvelopePublisher {

    /**
     * Has the envelope kept. The future completes within a bound and never exceptionally, on a thread that must not be held
     * up.
     */
    CompletableFuture<Publication> publish(RawEnvelope envelope);

    /** What became of publishing. */
    sealed interface Publication {

        /** It is on all in-sync replicas: it survives the death of any one process. */
        record Kept() implements Publication {}

        /** It is not known to be kept. It may turn up all the same: a broker that answers too late has it. */
        record Unavailable(String cause) implements Publication {}
    }
}
