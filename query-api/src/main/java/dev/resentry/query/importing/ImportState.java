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
 * @param waits how often it was waited for the events of the issue
 */
record ImportState(
        List<Found> projects, int project, @Nullable String cursor, boolean eventsRead, int waits, ImportSums sums) {
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

    /** Behind a page of issues. */
    ImportState behind(@Nullable String next, ImportSums newSums) {
        if (next != null) {
            return new ImportState(projects, project, next, eventsRead, 0, newSums);
        }
        return eventsRead
                ? new ImportState(projects, project + 1, null, false, 0, newSums)
                : new ImportState(projects, project, null, true, 0, newSums);
    }

    /** Once more at the same issue. */
    ImportState waiting() {
        return new ImportState(projects, project, cursor, eventsRead, waits + 1, sums);
    }
}
