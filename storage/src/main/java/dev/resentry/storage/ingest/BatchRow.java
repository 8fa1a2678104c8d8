package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.RawEnvelope.Receipt;

/**
 * A row that is to be stored, with the item and the envelope that brought it.
 *
 * @param <R> what the row holds
 */
public record BatchRow<R extends ItemRow>(Receipt receipt, IngestedItem item, R row) {}
