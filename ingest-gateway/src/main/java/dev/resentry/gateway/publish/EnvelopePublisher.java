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

        /** It survives the death of any one process. */
        record Kept(Place place) implements Publication {

            /** On all in-sync replicas. */
            public Kept() {
                this(Place.TOPIC);
            }

            /** Where an envelope is kept. */
            public enum Place {
                /** On all in-sync replicas. */
                TOPIC,
                /** On this gateway's disk, until Kafka takes it. */
                SPOOL
            }
        }

        /** It is not known to be kept. It may turn up all the same: a broker that answers too late has it. */
        record Unavailable(String cause) implements Publication {}
    }
}
