package dev.resentry.storage.issue;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The events of some envelopes as their rows are at one moment, and the issues that they are filed under. */
final class FiledEvents {
    private static final String SQL = """
            SELECT e.project_id, e.event_id, e.envelope_id, e.issue_id, e.occurred_at, e.xmin::text
            FROM unnest(?, ?) AS covered(at, id)
            JOIN events e ON e.received_at = %s AND e.envelope_id = covered.id
            """.formatted(instant("covered.at"));

    private final Set<Row> rows;
    private final Map<Key, Long> issues = new HashMap<>();

    private FiledEvents(Set<Row> rows) {
        this.rows = rows;
        rows.forEach(row -> issues.put(row.key(), row.issueId()));
    }

    private record Key(UUID envelopeId, UUID eventId) {}

    /** @param writtenBy the transaction that wrote the row last */
    private record Row(Key key, long projectId, long issueId, Instant occurredAt, String writtenBy) {}

    static FiledEvents read(Connection connection, List<Receipt> envelopes) throws SQLException {
        var covered = new ColumnArrays<>(connection, envelopes);
        try (PreparedStatement select = connection.prepareStatement(SQL)) {
            select.setArray(1, covered.micros(Receipt::receivedAt));
            select.setArray(2, covered.uuids(receipt -> receipt.id().value()));
            Set<Row> rows = new HashSet<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    var key = new Key(found.getObject(3, UUID.class), found.getObject(2, UUID.class));
                    rows.add(new Row(
                            key,
                            found.getLong(1),
                            found.getLong(4),
                            found.getObject(5, OffsetDateTime.class).toInstant(),
                            Objects.requireNonNull(found.getString(6))));
                }
            }
            return new FiledEvents(rows);
        }
    }

    /** The issue that an envelope's event is filed under, if the event has a row. */
    OptionalLong issueOf(Receipt receipt, IssueOccurrence event) {
        Long issue = issues.get(new Key(receipt.id().value(), event.eventId().value()));
        return issue == null ? OptionalLong.empty() : OptionalLong.of(issue);
    }

    /** The issues of all rows. */
    Set<Long> issueIds() {
        return Set.copyOf(issues.values());
    }

    /** The issues of rows that are not the same in both, in the order of their ids. */
    List<TouchedIssue> differences(FiledEvents other) {
        Map<Long, TouchedIssue> touched = new TreeMap<>();
        addMissing(touched, rows, other.rows);
        addMissing(touched, other.rows, rows);
        return List.copyOf(touched.values());
    }

    private static void addMissing(Map<Long, TouchedIssue> touched, Set<Row> some, Set<Row> others) {
        for (Row row : some) {
            if (!others.contains(row)) {
                touched.merge(
                        row.issueId(),
                        new TouchedIssue(row.issueId(), row.projectId(), row.occurredAt(), row.occurredAt()),
                        TouchedIssue::plus);
            }
        }
    }
}
