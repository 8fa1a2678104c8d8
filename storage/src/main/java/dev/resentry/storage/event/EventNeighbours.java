package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import org.jspecify.annotations.Nullable;

/** The events of an issue that arrived right before and after one of it. */
public record EventNeighbours(
        @Nullable EventId previous, @Nullable EventId next) {}
