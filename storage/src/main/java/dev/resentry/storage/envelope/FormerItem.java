package dev.resentry.storage.envelope;

/**
 * How an item was stored before it was retried.
 *
 * @param reason empty if the outcome needs none
 */
public record FormerItem(String category, String outcome, String reason, long quantity) {}
