package dev.resentry.storage.analytics;

import java.time.Instant;

/** Where rows are: those of a project that arrived at one moment. */
public record RowPlace(long projectId, Instant receivedAt) {}
