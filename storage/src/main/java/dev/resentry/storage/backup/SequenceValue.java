package dev.resentry.storage.backup;

/** How far a sequence is that numbers rows. */
public record SequenceValue(String name, long lastValue) {}
