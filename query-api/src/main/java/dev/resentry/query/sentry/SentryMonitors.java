package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.monitor.StoredMonitor;
import java.util.List;
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
     * A monitor that the actor sees; the oldest of several.
     *
     * @param project null for one of any
     * @param named its slug or id
     * @throws ApiException not found
     */
    StoredMonitor one(Actor actor, String organization, @Nullable String project, String named) {
        return named(where.where(actor, organization, project), named, 1).getFirst();
    }

    /**
     * The one monitor that is to be changed or removed: a slug is that of one monitor in a project only.
     *
     * @param project that of the path; null for any
     * @param chosen that of the body, by which one of several is chosen; null if it names none
     * @param named its slug or id
     * @throws ApiException not found, or if several projects have one of the slug
     */
    StoredMonitor only(
            Actor actor, String organization, @Nullable String project, @Nullable String chosen, String named) {
        List<StoredMonitor> found = named(where.where(actor, organization, project), named, 2);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (chosen == null) {
            throw ApiException.conflict(
                    "project",
                    "several projects have a monitor '%s' (expected: the path /api/0/projects/%s/{project}/monitors/%s/)"
                            .formatted(named, organization, named));
        }
        return one(actor, organization, chosen, named);
    }

    /** By id if it can be one, which no two share, else by slug; at least one. */
    private List<StoredMonitor> named(VisibleProjects of, String named, int limit) {
        if (named.matches("\\d{1,18}")) {
            Optional<StoredMonitor> found =
                    monitors.find(Long.parseLong(named)).filter(monitor -> of.contains(monitor.projectId()));
            if (found.isPresent()) {
                return List.of(found.get());
            }
        }
        List<StoredMonitor> found = monitors.ofSlug(of, named, limit);
        if (found.isEmpty()) {
            throw ApiException.notFound("monitor", named);
        }
        return found;
    }
}
