package dev.resentry.storage.deadletter;

import org.jspecify.annotations.Nullable;

/** Which dead letters; null takes all. */
public record DeadLetterFilter(
        @Nullable String state,
        @Nullable String reason,
        @Nullable String stage,
        @Nullable Long projectId) {}
