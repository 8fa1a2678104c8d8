package dev.resentry.query.importing;

import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What an import did, or of a dry run would do.
 *
 * @param projects that were made
 * @param existingProjects that were there
 * @param issues that were read
 * @param events that were sent on; those that were there already change nothing
 * @param knownEvents that were there already
 * @param statuses that were set
 * @param assignees that were set
 * @param unknownAssignees whose address nobody has here
 * @param comments that were added
 * @param issuesWithoutEvents that are gone there, or whose events did not come, so that nothing could be set
 */
@JsonNaming(SnakeCaseStrategy.class)
record ImportSums(
        int projects,
        int existingProjects,
        int issues,
        int events,
        int knownEvents,
        int statuses,
        int assignees,
        int unknownAssignees,
        int comments,
        int issuesWithoutEvents) {
    static final ImportSums NONE = new ImportSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    ImportSums plus(ImportSums more) {
        return new ImportSums(
                projects + more.projects,
                existingProjects + more.existingProjects,
                issues + more.issues,
                events + more.events,
                knownEvents + more.knownEvents,
                statuses + more.statuses,
                assignees + more.assignees,
                unknownAssignees + more.unknownAssignees,
                comments + more.comments,
                issuesWithoutEvents + more.issuesWithoutEvents);
    }

    static ImportSums ofProject(boolean made) {
        return new ImportSums(made ? 1 : 0, made ? 0 : 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** @param isFirst whether they are the first of their issue */
    static ImportSums ofEvents(boolean isFirst, int sent, int known) {
        return new ImportSums(0, 0, isFirst ? 1 : 0, sent, known, 0, 0, 0, 0, 0);
    }

    static ImportSums ofIssue(int statuses, int assignees, int unknownAssignees, int comments) {
        return new ImportSums(0, 0, 0, 0, 0, statuses, assignees, unknownAssignees, comments, 0);
    }

    static ImportSums ofIssueWithoutEvents() {
        return new ImportSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }
}
