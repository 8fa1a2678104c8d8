package dev.resentry.processor.project;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.scrub.ScrubSettings;
import dev.resentry.processing.scrub.Scrubber;
import java.time.Instant;

/**
 * How the items of a project are processed.
 *
 * @param filters tell what the project does not want to be stored
 * @param scrubber takes out what the project does not want to keep
 * @param grouping the project's own rules of grouping
 * @param formerUntil until when what arrives is also looked for by the hashes of the strategy before
 */
public record ProjectRules(InboundFilters filters, Scrubber scrubber, GroupingRules grouping, Instant formerUntil) {
    /** Of a project that never said anything. */
    public static final ProjectRules DEFAULT =
            new ProjectRules(InboundFilters.NONE, new Scrubber(ScrubSettings.DEFAULT), GroupingRules.NONE, Instant.MAX);

    ProjectRules until(Instant end) {
        return new ProjectRules(filters, scrubber, grouping, end);
    }

    /** Knows the rules of projects. */
    @FunctionalInterface
    public interface Source {
        /** The rules of a project as they are now. */
        ProjectRules of(ProjectId project);
    }
}
