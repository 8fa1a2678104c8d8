package dev.resentry.query.live;

import dev.resentry.storage.VisibleProjects;

/** Whom a message is for. */
public sealed interface Audience {

    /** Every listener. */
    record Everyone() implements Audience {}

    /** Those who listen to a project. */
    record OfProject(long projectId) implements Audience {}

    /** Those who may see all projects, whichever they listen to. */
    record OfAllProjects() implements Audience {}

    /**
     * Whether a listener is among them.
     *
     * @param visible what it may see
     * @param wanted what it listens to
     */
    default boolean contains(VisibleProjects visible, VisibleProjects wanted) {
        return switch (this) {
            case Everyone _ -> true;
            case OfProject(long projectId) -> wanted.contains(projectId);
            case OfAllProjects _ -> visible.areAll();
        };
    }
}
