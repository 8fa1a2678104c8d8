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
 * @param rows how many rows the new items brought, such as events
 * @param duplicateItems how many items of new envelopes were known: their event had been stored before under the same id
 */
public record BatchResult(
        int stored,
        int alreadyStored,
        Set<EnvelopeId> ofDeletedProjects,
        int unreadable,
        int rows,
        int duplicateItems) {

    public BatchResult {
        ofDeletedProjects = Set.copyOf(ofDeletedProjects);
    }
}
