package dev.resentry.storage.issue;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.issue.FiledEvents.Name;
import dev.resentry.storage.issue.FiledEvents.Renamed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of a replay: has an issue follow the event that it is called after. An issue that is called as a rewritten event was, and as none of
 * its events is any more, is called as the latest of those events is now. One that people gave a title is called as no event.
 */
public final class RenamedIssues implements BatchStep {
    /** The issues are locked since their events were found. */
    private static final String SQL = """
            UPDATE issues i SET title = new.title, culprit = new.culprit, level = new.level, platform = new.platform
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) AS new(id, was_title, was_culprit, was_level, was_platform, title, culprit, level,
                                                          platform)
            WHERE i.id = new.id
              AND (i.title, i.culprit, i.level, i.platform)
                  IS NOT DISTINCT FROM (new.was_title, new.was_culprit, new.was_level, new.was_platform)
              AND NOT EXISTS (
                  SELECT FROM events e
                  WHERE e.issue_id = new.id
                    AND (e.title, e.culprit, e.level, e.platform)
                        IS NOT DISTINCT FROM (new.was_title, new.was_culprit, new.was_level, new.was_platform))
            RETURNING i.id
            """;

    /** Events that are called otherwise than before, the latest first. */
    record Candidates(List<Renamed> events) {
        Candidates {
            events = List.copyOf(events);
        }
    }

    private record Former(long issueId, Name name) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROWS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Set<Former> seen = new HashSet<>();
        List<Renamed> latest = batch.get(Candidates.class).events().stream()
                .filter(event -> seen.add(new Former(event.issueId(), event.before())))
                .toList();
        if (latest.isEmpty()) {
            return;
        }
        var rows = new ColumnArrays<>(batch.connection(), latest);
        List<String> renamed = new ArrayList<>();
        try (PreparedStatement update = batch.connection().prepareStatement(SQL)) {
            update.setArray(1, rows.longs(Renamed::issueId));
            update.setArray(2, rows.texts(event -> event.before().title()));
            update.setArray(3, rows.texts(event -> event.before().culprit()));
            update.setArray(4, rows.texts(event -> event.before().level()));
            update.setArray(5, rows.texts(event -> event.before().platform()));
            update.setArray(6, rows.texts(event -> event.after().title()));
            update.setArray(7, rows.texts(event -> event.after().culprit()));
            update.setArray(8, rows.texts(event -> event.after().level()));
            update.setArray(9, rows.texts(event -> event.after().platform()));
            try (ResultSet returned = update.executeQuery()) {
                while (returned.next()) {
                    renamed.add("renamed " + returned.getLong(1));
                }
            }
        }
        batch.noteChange(TableChange.of("issues", 0, renamed.size(), 0, renamed));
    }
}
