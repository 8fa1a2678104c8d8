package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.EnvelopeId;
import java.util.Set;

/**
 * What became of a batch. Every record of the batch is counted in exactly one of the first four.
 *
 * @param stored how many envelopes are new and now stored, with their outcome
 * @param alreadyStored how many were stored before; nothing of them was counted again
 * @param ofDeletedProjects envelopes whose project is deleted; nothing of them was stored
 * @param unreadable records that hold no envelope; each is a dead letter
 * @param events how many events are new
 * @param duplicateEvents how many events had been stored before under the same id
 */
public record BatchResult(
        int stored,
        int alreadyStored,
        Set<EnvelopeId> ofDeletedProjects,
        int unreadable,
        int events,
        int duplicateEvents) {

    public BatchResult {
        ofDeletedProjects = Set.copyOf(ofDeletedProjects);
    }
}
