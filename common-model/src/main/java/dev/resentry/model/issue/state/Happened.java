package dev.resentry.model.issue.state;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of an event decides whether it brings an issue back. */
public record Happened(EventId event, Instant at, @Nullable String release) {}
