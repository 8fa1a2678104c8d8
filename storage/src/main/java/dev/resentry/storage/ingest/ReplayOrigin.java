package dev.resentry.storage.ingest;

/** The replay that stores a batch again; found in its {@link BatchContext}. */
public record ReplayOrigin(long jobId) {}
