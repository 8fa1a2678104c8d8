package dev.resentry.storage.log;

import java.time.Instant;

/** A place in the order of logs: by their own time, then as their sender counted, then as they came. */
public record LogPosition(Instant at, long sequence, LogId id) {}
