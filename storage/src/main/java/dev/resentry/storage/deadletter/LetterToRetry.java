package dev.resentry.storage.deadletter;

import dev.resentry.storage.ingest.Retry;
import dev.resentry.storage.ingest.SourceRecord;

/**
 * A dead letter with all that is needed to process it once more.
 *
 * @param source its record as it stood on the topic
 * @param bodyIsGone whether the envelope that held its body is not kept any more; the record has no value then
 */
public record LetterToRetry(Retry retry, SourceRecord source, boolean bodyIsGone) {}
