package dev.resentry.processor.symbolicate;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.normalize.NormalizedEvent;

/** Makes events readable in place. */
@FunctionalInterface
public interface Symbolication {
    /** Where there are no artifacts. */
    Symbolication NONE = (_, _) -> {};

    /**
     * Makes an event of a project readable.
     *
     * @throws org.springframework.dao.DataAccessException if what the project uploaded cannot be read now; the event has to come again
     */
    void apply(NormalizedEvent event, ProjectId project);
}
