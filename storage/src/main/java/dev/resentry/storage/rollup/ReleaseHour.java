package dev.resentry.storage.rollup;

import java.time.Instant;

/** How many events of a release happened in an hour. */
public record ReleaseHour(Instant hour, long events) {}
