package dev.resentry.storage.disk;

import org.jspecify.annotations.Nullable;

/**
 * What a table takes of the disk, with its indexes and all its partitions.
 *
 * @param retentionDays how long its rows are kept; null for tables without partitions
 * @param bytesPerDay of the last whole days of arrival; of today, as far as it has come, while there is none; 0 for tables without partitions
 * @param bytesIn30Days if every day brings as much
 * @param bytesAtFullRetention if every day brings as much, once as many days are there as are kept
 */
public record TableUse(
        String name,
        long bytes,
        @Nullable Integer retentionDays,
        long bytesPerDay,
        long bytesIn30Days,
        long bytesAtFullRetention) {}
