package dev.resentry.gateway.project;

import dev.resentry.model.project.ProjectConfig;
import java.util.concurrent.CompletableFuture;

/** Asks for projects that are not there yet (features, E2). */
@FunctionalInterface
public interface ProjectRequests {
    /** For who makes no projects unasked. */
    ProjectRequests NONE = _ -> CompletableFuture.completedFuture(new Reply.Rejected());

    /** Has a project of that slug made, and waits within a bound until it is known here. Never fails. */
    CompletableFuture<Reply> request(String slug);

    /** What became of a request. */
    sealed interface Reply {
        /** The project is there. */
        record Created(ProjectConfig project) implements Reply {}

        /** It is not there yet, or cannot be asked for now; a later request may find it. */
        record Pending() implements Reply {}

        /** There will be none by that name. */
        record Rejected() implements Reply {}
    }
}
