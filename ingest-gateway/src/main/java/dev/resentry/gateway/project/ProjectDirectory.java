package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.Optional;

/** The projects a gateway knows. */
public interface ProjectDirectory {
    /** What is said of a project that may be there. */
    String NOT_ALL_KNOWN = "the gateway has just started and does not know all projects yet";

    /** Whether all projects are known; before that, a project that is missing may exist. */
    boolean isComplete();

    Optional<ProjectConfig> find(ProjectId id);

    /** The project that has a key, whether or not the key is active. */
    Optional<ProjectConfig> findByKey(PublicKey key);

    Optional<ProjectConfig> findBySlug(String slug);
}
