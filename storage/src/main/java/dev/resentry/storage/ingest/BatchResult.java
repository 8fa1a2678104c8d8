package dev.resentry.storage.ingest;

import dev.resentry.model.outcome.EnvelopeFate;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param fates of each record of the batch, one for each
 * @param rows how many rows the new items brought, such as events
 * @param duplicateItems how many items of new envelopes were known: their event had been stored before under the same id
 */
public record BatchResult(List<RecordFate> fates, int rows, int duplicateItems) {

    public BatchResult {
        fates = List.copyOf(fates);
    }

    /** How many records have a fate. */
    public long count(EnvelopeFate fate) {
        return fates.stream().filter(record -> record.fate() == fate).count();
    }
}
