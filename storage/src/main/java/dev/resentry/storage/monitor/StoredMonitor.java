package dev.resentry.storage.monitor;

import java.time.Instant;
import java.util.List;

/**
 * A monitor as it is.
 *
 * @param scheduledSince what was due before is not missed
 * @param environments by name
 */
public record StoredMonitor(
        long id,
        long projectId,
        String projectSlug,
        MonitorSettings settings,
        Instant createdAt,
        Instant scheduledSince,
        List<MonitorEnvironment> environments) {
    public StoredMonitor {
        environments = List.copyOf(environments);
    }
}
