package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Projects by id, key and slug. Of two versions of a project the newer one counts, in whatever order they come. Written by
 * one thread, read by any.
 */
final class KnownProjects {
    private final Map<ProjectId, ProjectConfig> byId = new ConcurrentHashMap<>();
    private final Map<PublicKey, ProjectId> byKey = new ConcurrentHashMap<>();
    private final Map<String, ProjectId> bySlug = new ConcurrentHashMap<>();

    void put(ProjectConfig project) {
        ProjectConfig old = byId.get(project.id());
        if (old != null && old.revision() > project.revision()) {
            return;
        }
        byId.put(project.id(), project);
        project.keys().forEach(key -> byKey.put(key.publicKey(), project.id()));
        bySlug.put(project.slug(), project.id());
        if (old != null) {
            forgetNames(old);
        }
    }

    void remove(ProjectId id) {
        ProjectConfig old = byId.remove(id);
        if (old != null) {
            forgetNames(old);
        }
    }

    Collection<ProjectConfig> all() {
        return List.copyOf(byId.values());
    }

    int size() {
        return byId.size();
    }

    Optional<ProjectConfig> find(ProjectId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<ProjectConfig> findByKey(PublicKey key) {
        ProjectId id = byKey.get(key);
        return id == null ? Optional.empty() : find(id).filter(project -> hasKey(project, key));
    }

    Optional<ProjectConfig> findBySlug(String slug) {
        ProjectId id = bySlug.get(slug);
        return id == null
                ? Optional.empty()
                : find(id).filter(project -> project.slug().equals(slug));
    }

    /** Drops what led to an old version and does not lead to the new one; another project may own the name by now. */
    private void forgetNames(ProjectConfig old) {
        for (ProjectConfig.Key key : old.keys()) {
            if (findByKey(key.publicKey()).isEmpty()) {
                byKey.remove(key.publicKey(), old.id());
            }
        }
        if (findBySlug(old.slug()).isEmpty()) {
            bySlug.remove(old.slug(), old.id());
        }
    }

    private static boolean hasKey(ProjectConfig project, PublicKey key) {
        return project.keys().stream().anyMatch(k -> k.publicKey().equals(key));
    }
}
