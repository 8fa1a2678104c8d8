package dev.resentry.storage.transaction;

/**
 * A transaction as it is stored, whole but for its spans.
 *
 * @param measurementsJson a JSON object
 * @param payloadJson the normalised transaction without its spans
 */
public record StoredTransaction(TransactionSummary summary, String measurementsJson, String payloadJson) {}
