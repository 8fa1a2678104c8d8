package dev.resentry.query.project;

import dev.resentry.processing.group.GroupingRules;
import dev.resentry.storage.project.ProjectProcessingStore;

/** The rules by which events of a project are grouped now. */
public final class ProjectGroupingRules {
    private final ProjectProcessingStore processing;

    public ProjectGroupingRules(ProjectProcessingStore processing) {
        this.processing = processing;
    }

    /** As when an event is processed: rules that a release understands no longer do not hold. */
    public GroupingRules of(long project) {
        return processing
                .find(project)
                .map(stored -> GroupingRules.parse(stored.fingerprintRules(), stored.stacktraceRules())
                        .rulesOrNone())
                .orElse(GroupingRules.NONE);
    }
}
