package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.monitor.StoredMonitor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the monitors that paths name. */
final class SentryMonitors {
    private final MonitorStore monitors;
    private final SentrySelection where;

    SentryMonitors(MonitorStore monitors, SentrySelection where) {
        this.monitors = monitors;
        this.where = where;
    }

    /**
     * A monitor that the actor sees.
     *
     * @param project null for one of any
     * @param named its slug or id
     * @throws ApiException not found
     */
    StoredMonitor one(Actor actor, String organization, @Nullable String project, String named) {
        VisibleProjects of = where.where(actor, organization, project);
        return monitors.find(of, named)
                .or(() -> named.matches("\\d{1,18}")
                        ? monitors.find(Long.parseLong(named)).filter(monitor -> of.contains(monitor.projectId()))
                        : Optional.empty())
                .orElseThrow(() -> ApiException.notFound("monitor", named));
    }
}
