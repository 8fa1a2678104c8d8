package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.Outcome;

/**
 * An item of an envelope that is new.
 *
 * @param position its place among the items of its envelope, from 0
 * @param outcome its fate as far as the steps that ran so far know it
 */
public record BatchItem(Receipt receipt, int position, IngestedItem item, Outcome outcome) {}
