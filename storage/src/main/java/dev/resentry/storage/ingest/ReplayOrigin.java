package dev.resentry.storage.ingest;

/**
 * The replay that stores a batch again; found in its {@link BatchContext}.
 *
 * @param retells whether topic {@code events} is told of all that is stored, and not only of what changed
 */
public record ReplayOrigin(long jobId, boolean retells) {}
