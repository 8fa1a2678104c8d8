package dev.resentry.query.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an import is between two steps, as its job notes it.
 *
 * @param project the position in {@code projects} of the one that is read
 * @param cursor of the list of its issues; null at its begin
 * @param eventsRead whether the events of all its issues are on their way, so that statuses and comments are next
 * @param eventCursor of the list of events of the issue; null at its begin
 * @param eventsOfIssue how many of these were read
 * @param waits how often it was waited for the events of the issue
 * @param failure why the import ends before its end; null if it does not
 */
record ImportState(
        List<Found> projects,
        int project,
        @Nullable String cursor,
        boolean eventsRead,
        @Nullable String eventCursor,
        int eventsOfIssue,
        int waits,
        @Nullable String failure,
        ImportSums sums) {
    private static final JsonMapper JSON = JsonMapper.shared();

    ImportState {
        projects = List.copyOf(projects);
    }

    /** A project of the other server. */
    record Found(
            String id, String slug, String name, @Nullable String platform) {}

    static ImportState of(String json) {
        return JSON.readValue(json, ImportState.class);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    boolean isDone() {
        return project >= projects.size();
    }

    /** At the first issue of the first project. */
    static ImportState atBegin(List<Found> projects, ImportSums sums) {
        return new ImportState(projects, 0, null, false, null, 0, 0, null, sums);
    }

    /** Behind a page of events of an issue. */
    ImportState behindEvents(String next, int read, ImportSums newSums) {
        return new ImportState(projects, project, cursor, eventsRead, next, eventsOfIssue + read, 0, null, newSums);
    }

    /** Behind what is done with an issue. */
    ImportState behindEventsOfIssue(ImportSums newSums) {
        return new ImportState(projects, project, cursor, eventsRead, null, 0, 0, null, newSums);
    }

    /** Behind an issue. A server that names the same place again has no more. */
    ImportState behind(@Nullable String next, ImportSums newSums) {
        if (next != null && !next.equals(cursor)) {
            return new ImportState(projects, project, next, eventsRead, null, 0, 0, null, newSums);
        }
        return eventsRead
                ? new ImportState(projects, project + 1, null, false, null, 0, 0, null, newSums)
                : new ImportState(projects, project, null, true, null, 0, 0, null, newSums);
    }

    /** Once more at the same issue. */
    ImportState waiting() {
        return new ImportState(
                projects, project, cursor, eventsRead, eventCursor, eventsOfIssue, waits + 1, null, sums);
    }

    ImportState failed(String why) {
        return new ImportState(projects, project, cursor, eventsRead, eventCursor, eventsOfIssue, waits, why, sums);
    }
}
