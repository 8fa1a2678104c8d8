package dev.resentry.storage.ledger;

/** How many envelopes had which fate. */
public record FateCounts(long stored, long duplicate, long dropped, long dead, long lost) {

    public long all() {
        return stored + duplicate + dropped + dead + lost;
    }
}
