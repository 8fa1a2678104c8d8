package dev.resentry.storage.suggest;

/**
 * A key or a value that there is.
 *
 * @param count how often in what was looked at
 */
public record CountedValue(String value, long count) {}
