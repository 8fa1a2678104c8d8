package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks for projects that are not there yet (features, E2). */
@FunctionalInterface
public interface ProjectRequests {

    /**
     * Has a project of that slug made, and waits within a bound until it is known here.
     *
     * @return empty if projects are not made unasked, or none came
     */
    CompletableFuture<Optional<ProjectConfig>> request(String slug);
}
