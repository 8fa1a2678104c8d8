package dev.resentry.storage.ingest;

import dev.resentry.model.outcome.Outcome;

/** A record of a batch, as far as it could be read. */
public sealed interface BatchRecord {
    SourceRecord source();

    /** How much memory it holds: bytes of its value and characters of what is to be stored of it. */
    long weight();

    /** A record that holds an envelope. */
    record Received(SourceRecord source, IngestedEnvelope envelope) implements BatchRecord {
        @Override
        public long weight() {
            return envelope.weight();
        }
    }

    /** A record that no gateway wrote, or one that the database refuses in every other form. */
    record Unreadable(SourceRecord source, Outcome.Dropped why) implements BatchRecord {
        @Override
        public long weight() {
            byte[] value = source.value();
            return value == null ? 0 : value.length;
        }
    }
}
