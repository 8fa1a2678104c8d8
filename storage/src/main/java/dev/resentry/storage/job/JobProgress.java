package dev.resentry.storage.job;

import org.jspecify.annotations.Nullable;

/**
 * How far a job is, in the unit of its kind.
 *
 * @param total null if it is not known how much there is to do
 */
public record JobProgress(long done, @Nullable Long total) {}
