package dev.resentry.storage.ledger;

import java.time.Instant;

/**
 * How much of a category of a project had an outcome in an hour.
 *
 * @param reason empty if the outcome needs none
 * @param source who said so: processor, gateway or client
 * @param items only what the processor counts is counted in items
 * @param quantity in the unit of the category
 */
public record OutcomeTotal(
        long projectId,
        Instant hour,
        String category,
        String outcome,
        String reason,
        String source,
        long items,
        long quantity) {}
