package dev.resentry.storage.issue.state;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.issue.state.Happened;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.Resolution;
import dev.resentry.model.issue.state.StateChange;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.issue.IssueStateColumns;
import dev.resentry.storage.outbox.EventsOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes states that events or time have changed, with an entry in each issue's activity, and has topic {@code events} told.
 */
final class StateChanges {
    /** The id and the name in activities of what no person did; the first user has a higher id. */
    static final long SYSTEM_ID = 0;

    static final String SYSTEM_NAME = "Resentry";

    private static final String UPDATE = """
            UPDATE issues i
            SET status = new.status, substatus = new.substatus, status_at = %s, state_details = new.details::jsonb, ignore_until = %s
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(id, status, substatus, at, details, until)
            WHERE i.id = new.id
            RETURNING i.id, i.project_id, i.title, i.culprit, i.level, i.platform, i.status
            """.formatted(instant("new.at"), instant("new.until"));

    private static final String NOTE = """
            INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
            SELECT i.id, i.project_id, %s, ?, ?, note.kind, note.data::jsonb
            FROM unnest(?, ?, ?, ?) AS note(issue_id, kind, data, at)
            JOIN issues i ON i.id = note.issue_id
            ORDER BY i.id
            RETURNING issue_id, id
            """.formatted(instant("note.at"));

    private StateChanges() {}

    /** Writes changes of issues that the caller's transaction has locked. */
    static void write(Connection connection, List<ChangedState> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        List<ChangedState> sorted = changes.stream()
                .sorted(Comparator.comparingLong(ChangedState::issueId))
                .toList();
        List<IssueActivity> news = update(connection, sorted);
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            var rows = new ColumnArrays<>(connection, sorted);
            note.setLong(1, SYSTEM_ID);
            note.setString(2, SYSTEM_NAME);
            note.setArray(3, rows.longs(ChangedState::issueId));
            note.setArray(4, rows.texts(row -> kind(row.change().reason())));
            note.setArray(5, rows.texts(row -> data(row).toString()));
            note.setArray(6, rows.micros(row -> row.change().to().since()));
            Map<Long, Long> entries = new HashMap<>();
            try (ResultSet row = note.executeQuery()) {
                while (row.next()) {
                    entries.put(row.getLong(1), row.getLong(2));
                }
            }
            EventsOutbox.append(
                    connection,
                    news.stream()
                            .map(one -> one.withEntry(entries.get(one.issueId())))
                            .toList());
        }
    }

    private static List<IssueActivity> update(Connection connection, List<ChangedState> changes) throws SQLException {
        Map<Long, ChangedState> byId =
                changes.stream().collect(Collectors.toMap(ChangedState::issueId, Function.identity()));
        var rows = new ColumnArrays<>(connection, changes);
        List<IssueActivity> news = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setArray(1, rows.longs(ChangedState::issueId));
            update.setArray(2, rows.texts(row -> row.change().to().status()));
            update.setArray(
                    3,
                    rows.texts(row -> IssueStateColumns.substatus(row.change().to())));
            update.setArray(4, rows.micros(row -> row.change().to().since()));
            update.setArray(
                    5, rows.texts(row -> IssueStateColumns.details(row.change().to())));
            update.setArray(
                    6,
                    rows.micros(
                            row -> IssueStateColumns.ignoreUntil(row.change().to())));
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    ChangedState changed = byId.get(row.getLong("id"));
                    if (changed != null) {
                        news.add(news(row, changed.change()));
                    }
                }
            }
        }
        return news;
    }

    private static IssueActivity news(ResultSet row, StateChange change) throws SQLException {
        Happened event = change.event();
        Instant at = change.to().since();
        return new IssueActivity(
                new Origin(UUID.randomUUID(), Cause.LIVE, new ProjectId(row.getLong("project_id")), at),
                switch (change.reason()) {
                    case REGRESSED -> IssueActivity.Kind.REGRESSED;
                    case IGNORED_UNTIL_TIME, IGNORED_UNTIL_EVENTS, IGNORED_UNTIL_USERS -> IssueActivity.Kind.UNIGNORED;
                    case ESCALATING -> IssueActivity.Kind.ESCALATED;
                    case ONGOING, AGE, COMMIT_RELEASED, RECOVERED -> IssueActivity.Kind.CHANGED;
                },
                row.getLong("id"),
                row.getString("title"),
                row.getString("culprit"),
                row.getString("level"),
                row.getString("platform"),
                row.getString("status"),
                event == null ? null : event.event(),
                null);
    }

    private static String kind(StateChange.Reason reason) {
        return switch (reason) {
            case REGRESSED -> "regression";
            case IGNORED_UNTIL_TIME, IGNORED_UNTIL_EVENTS, IGNORED_UNTIL_USERS -> "unignored";
            case ESCALATING -> "escalating";
            case ONGOING -> "ongoing";
            case AGE -> "auto_resolved";
            case COMMIT_RELEASED -> "commit_released";
            case RECOVERED -> "recovered";
        };
    }

    private static ObjectNode data(ChangedState changed) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("from", changed.before().status())
                .put("to", changed.change().to().status())
                .put("substatus", IssueStateColumns.substatus(changed.change().to()))
                .put("reason", changed.change().reason().name().toLowerCase(Locale.ROOT));
        if (changed.before() instanceof IssueState.Resolved(Resolution.InCommit(String commit, String _), Instant _)
                && changed.change().to()
                        instanceof IssueState.Resolved(Resolution.InRelease(String version), Instant _)) {
            data.put("commit", commit).put("release", version);
        }
        Happened event = changed.change().event();
        if (event != null) {
            data.put("event_id", event.event().toString())
                    .put("release", event.release())
                    .put("happened_at", event.at().toString());
        }
        return data;
    }
}
