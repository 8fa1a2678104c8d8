package dev.resentry.storage.ledger;

import java.time.Instant;

/**
 * What was accepted in a minute, and what became of what was processed in it, in envelopes.
 *
 * @param at where the minute begins
 */
public record MinuteCounts(Instant at, long accepted, long stored, long dropped, long dead) {}
