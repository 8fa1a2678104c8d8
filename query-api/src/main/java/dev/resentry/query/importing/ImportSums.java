package dev.resentry.query.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;
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
 * @param issuesWithoutEvents that are gone there or too large to be read, or whose events did not come, so that nothing could be set
 * @param skippedEvents that are too large to be read
 * @param skippedEventIds of these, the first hundred
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
        int issuesWithoutEvents,
        int skippedEvents,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skippedEventIds) {
    private static final int MOST_IDS = 100;
    static final ImportSums NONE = new ImportSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    ImportSums {
        // Sums that an import noted before there were any.
        skippedEventIds = skippedEventIds == null ? List.of() : List.copyOf(skippedEventIds);
    }

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
                issuesWithoutEvents + more.issuesWithoutEvents,
                skippedEvents + more.skippedEvents,
                Stream.concat(skippedEventIds.stream(), more.skippedEventIds.stream())
                        .limit(MOST_IDS)
                        .toList());
    }

    static ImportSums ofProject(boolean made) {
        return new ImportSums(made ? 1 : 0, made ? 0 : 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    /** @param isFirst whether they are the first of their issue */
    static ImportSums ofEvents(boolean isFirst, int sent, int known) {
        return new ImportSums(0, 0, isFirst ? 1 : 0, sent, known, 0, 0, 0, 0, 0, 0, List.of());
    }

    /** @param isFirst whether it is the first of its issue */
    static ImportSums ofSkippedEvent(boolean isFirst, String id) {
        return new ImportSums(0, 0, isFirst ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 1, List.of(id));
    }

    static ImportSums ofIssue(int statuses, int assignees, int unknownAssignees, int comments) {
        return new ImportSums(0, 0, 0, 0, 0, statuses, assignees, unknownAssignees, comments, 0, 0, List.of());
    }

    static ImportSums ofIssueWithoutEvents() {
        return new ImportSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, List.of());
    }
}
