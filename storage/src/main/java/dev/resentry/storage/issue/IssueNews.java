package dev.resentry.storage.issue;

import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.outbox.EventsOutbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Has topic {@code events} told, in the caller's transaction, of what people do with issues. */
public final class IssueNews {
    /** What a statement returns of each issue for {@link #of}. */
    public static final String COLUMNS = "id, project_id, title, culprit, level, platform, status";

    private static final InstantSource CLOCK = InstantSource.system();

    private IssueNews() {}

    /** The record that tells what somebody has done with the issue in a row of {@link #COLUMNS}. */
    public static IssueActivity of(ResultSet row, IssueActivity.Kind kind, Author by) throws SQLException {
        return of(row, kind, Cause.LIVE, by);
    }

    /** The record that tells what happened to the issue in a row of {@link #COLUMNS}. */
    public static IssueActivity of(ResultSet row, IssueActivity.Kind kind, Cause cause, Author by) throws SQLException {
        return new IssueActivity(
                new Origin(
                        UUID.randomUUID(),
                        cause,
                        new ProjectId(row.getLong("project_id")),
                        CLOCK.instant().truncatedTo(ChronoUnit.MICROS)),
                kind,
                row.getLong("id"),
                row.getString("title"),
                row.getString("culprit"),
                row.getString("level"),
                row.getString("platform"),
                row.getString("status"),
                null,
                by.email());
    }

    /** The record of an issue with its entry in the issue's activity, by the issues' ids. */
    static List<IssueActivity> withEntries(List<IssueActivity> news, Map<Long, Long> entries) {
        return news.stream()
                .map(one -> one.withEntry(entries.get(one.issueId())))
                .toList();
    }

    public static void tell(JdbcTemplate jdbc, List<IssueActivity> news) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            EventsOutbox.append(connection, news);
            return true;
        });
    }
}
