package dev.resentry.query.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an import is between two steps, as its job notes it.
 *
 * @param project the position in {@code projects} of the one that is read
 * @param cursor of the list of its issues; null at its begin
 * @param eventsRead whether the events of all its issues are on their way, so that statuses and comments are next
 * @param issue the one that is being read; null between two
 * @param eventCursor of the list of its events; null at its begin
 * @param eventsOfIssue how many of these were read
 * @param eventsPerPage of that list, since a longer page was too large or failed; null as long as none was
 * @param waits how often it was waited for the events of the issue
 * @param failure why the import ends before its end; null if it does not
 */
record ImportState(
        List<Found> projects,
        int project,
        @Nullable String cursor,
        boolean eventsRead,
        @Nullable String issue,
        @Nullable String eventCursor,
        int eventsOfIssue,
        @Nullable Integer eventsPerPage,
        int waits,
        @Nullable String failure,
        ImportSums sums) {
    /** An import under way may have been begun by a release that counted less. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

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

    /** In front of the first issue of the first project. */
    static ImportState atBegin(List<Found> projects, ImportSums sums) {
        return between(projects, 0, null, false, sums);
    }

    private static ImportState between(
            List<Found> projects, int project, @Nullable String cursor, boolean eventsRead, ImportSums sums) {
        return new ImportState(projects, project, cursor, eventsRead, null, null, 0, null, 0, null, sums);
    }

    /** At an issue: where it was left, or at its begin if another one stood in its place. */
    ImportState at(String id) {
        return id.equals(issue)
                ? this
                : new ImportState(projects, project, cursor, eventsRead, id, null, 0, null, 0, null, sums);
    }

    /** Behind a page of events of the issue. */
    ImportState behindEvents(String next, int read, ImportSums newSums) {
        return new ImportState(
                projects,
                project,
                cursor,
                eventsRead,
                issue,
                next,
                eventsOfIssue + read,
                eventsPerPage,
                0,
                null,
                newSums);
    }

    /** At the same page of events, of which fewer are asked for. */
    ImportState withPagesOf(int events) {
        return new ImportState(
                projects, project, cursor, eventsRead, issue, eventCursor, eventsOfIssue, events, waits, null, sums);
    }

    /** Once more at the same issue. */
    ImportState waiting() {
        return new ImportState(
                projects,
                project,
                cursor,
                eventsRead,
                issue,
                eventCursor,
                eventsOfIssue,
                eventsPerPage,
                waits + 1,
                null,
                sums);
    }

    /** Done with the issue. */
    ImportState behindIssue(ImportSums newSums) {
        return between(projects, project, cursor, eventsRead, newSums);
    }

    /** At what the list of issues has next. A server that names the same place again has no more. */
    ImportState next(@Nullable String nextCursor) {
        if (nextCursor != null && !nextCursor.equals(cursor)) {
            return between(projects, project, nextCursor, eventsRead, sums);
        }
        return eventsRead
                ? between(projects, project + 1, null, false, sums)
                : between(projects, project, null, true, sums);
    }

    ImportState failed(String why) {
        return new ImportState(
                projects,
                project,
                cursor,
                eventsRead,
                issue,
                eventCursor,
                eventsOfIssue,
                eventsPerPage,
                waits,
                why,
                sums);
    }
}
