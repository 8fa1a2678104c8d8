package dev.resentry.storage.performance;

import java.time.Instant;

/** The transactions of an endpoint in one of several intervals of a window. */
public record EndpointInterval(Instant at, EndpointFigures figures) {}
