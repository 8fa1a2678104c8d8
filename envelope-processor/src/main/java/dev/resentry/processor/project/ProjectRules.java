package dev.resentry.processor.project;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.Scrubber;

/**
 * What a project decides about how its items are processed.
 *
 * @param scrubber takes out what the project does not want to keep
 */
public record ProjectRules(Scrubber scrubber) {
    /** Of a project that never said anything. */
    public static final ProjectRules DEFAULT = new ProjectRules(new Scrubber(ScrubSettings.DEFAULT));

    /** Knows the rules of projects. */
    @FunctionalInterface
    public interface Source {
        /** The rules of a project as they are now. */
        ProjectRules of(ProjectId project);
    }
}
