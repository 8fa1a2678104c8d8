package dev.resentry.storage.ingest;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record of a batch.
 *
 * @param why of a record that is dropped or dead; null for others
 */
public record RecordFate(BatchRecord record, EnvelopeFate fate, Outcome.@Nullable Dropped why) {}
