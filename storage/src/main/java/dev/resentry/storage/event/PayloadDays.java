package dev.resentry.storage.event;

import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many payloads issues have of a day. For callers that hold the lock of the issues. */
final class PayloadDays {
    /** A day without a row is one that no cap has been held against: its events are counted once. */
    private static final String PAYLOADS = """
            SELECT asked.project_id, asked.issue_id, asked.day,
                   coalesce(
                       (SELECT d.payloads FROM issue_days d
                        WHERE d.issue_id = asked.issue_id AND d.day = date '1970-01-01' + asked.day::int),
                       (SELECT count(*) FROM events e
                        WHERE e.issue_id = asked.issue_id AND e.payload_kept
                          AND e.received_at >= (date '1970-01-01' + asked.day::int)::timestamp AT TIME ZONE 'UTC'
                          AND e.received_at < (date '1970-01-01' + asked.day::int + 1)::timestamp AT TIME ZONE 'UTC'))
            FROM unnest(?, ?, ?) AS asked(project_id, issue_id, day)
            """;

    private static final String WRITE = """
            INSERT INTO issue_days AS d (project_id, issue_id, day, payloads, only_counted)
            SELECT project_id, issue_id, date '1970-01-01' + day::int, payloads, only_counted
            FROM unnest(?, ?, ?, ?, ?) AS new(project_id, issue_id, day, payloads, only_counted)
            ON CONFLICT (issue_id, day) DO UPDATE
            SET payloads = excluded.payloads, only_counted = d.only_counted + excluded.only_counted
            """;

    /** Days without a row get none: their events are counted once a cap is held against them. */
    private static final String ADD = """
            UPDATE issue_days d SET payloads = d.payloads + new.payloads
            FROM unnest(?, ?, ?) AS new(issue_id, day, payloads)
            WHERE d.issue_id = new.issue_id AND d.day = date '1970-01-01' + new.day::int
            """;

    /**
     * What becomes of a day.
     *
     * @param payloads how many there are then
     * @param onlyCounted how many events more have none
     */
    record Change(IssueDay day, long payloads, long onlyCounted) {}

    Map<IssueDay, Long> payloads(Connection connection, List<IssueDay> days) throws SQLException {
        var asked = new ColumnArrays<>(connection, days);
        try (PreparedStatement select = connection.prepareStatement(PAYLOADS)) {
            select.setArray(1, asked.longs(day -> day.projectId().value()));
            select.setArray(2, asked.longs(IssueDay::issueId));
            select.setArray(3, asked.longs(IssueDay::epochDay));
            Map<IssueDay, Long> payloads = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    payloads.put(
                            new IssueDay(new ProjectId(rows.getLong(1)), rows.getLong(2), rows.getLong(3)),
                            rows.getLong(4));
                }
            }
            return payloads;
        }
    }

    /** Counts payloads that are kept whatever there is of a day. */
    void add(Connection connection, Map<IssueDay, Long> payloads) throws SQLException {
        var rows = new ColumnArrays<>(connection, List.copyOf(payloads.entrySet()));
        try (PreparedStatement update = connection.prepareStatement(ADD)) {
            update.setArray(1, rows.longs(day -> day.getKey().issueId()));
            update.setArray(2, rows.longs(day -> day.getKey().epochDay()));
            update.setArray(3, rows.longs(Map.Entry::getValue));
            update.executeUpdate();
        }
    }

    void write(Connection connection, List<Change> changes) throws SQLException {
        var rows = new ColumnArrays<>(connection, changes);
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            insert.setArray(1, rows.longs(change -> change.day().projectId().value()));
            insert.setArray(2, rows.longs(change -> change.day().issueId()));
            insert.setArray(3, rows.longs(change -> change.day().epochDay()));
            insert.setArray(4, rows.longs(Change::payloads));
            insert.setArray(5, rows.longs(Change::onlyCounted));
            insert.executeUpdate();
        }
    }
}
