package dev.resentry.storage.issue;

import static dev.resentry.storage.ingest.ColumnArrays.instant;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of some envelopes as their rows are at one moment, and the issues that they are filed under. */
final class FiledEvents {
    private static final String SQL = """
            SELECT e.project_id, e.event_id, e.envelope_id, e.issue_id, e.occurred_at, e.xmin::text, e.title, e.culprit, e.level,
                   e.platform
            FROM unnest(?, ?) AS covered(at, id)
            JOIN events e ON e.received_at = %s AND e.envelope_id = covered.id
            """.formatted(instant("covered.at"));

    private final Set<Row> rows;
    private final Map<Key, Row> byKey = new HashMap<>();

    private FiledEvents(Set<Row> rows) {
        this.rows = rows;
        rows.forEach(row -> byKey.put(row.key(), row));
    }

    private record Key(UUID envelopeId, UUID eventId) {}

    /** @param writtenBy the transaction that wrote the row last */
    private record Row(Key key, long projectId, long issueId, Instant occurredAt, String writtenBy, Name name) {}

    /** What an issue takes from the event that makes it. */
    record Name(
            String title,
            @Nullable String culprit,
            String level,
            @Nullable String platform) {}

    /** An event of an issue that is called otherwise than before. */
    record Renamed(long issueId, Instant occurredAt, Name before, Name after) {}

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
                            Objects.requireNonNull(found.getString(6)),
                            new Name(
                                    Objects.requireNonNull(found.getString(7)),
                                    found.getString(8),
                                    Objects.requireNonNull(found.getString(9)),
                                    found.getString(10))));
                }
            }
            return new FiledEvents(rows);
        }
    }

    /** The issue that an envelope's event is filed under, if the event has a row. */
    OptionalLong issueOf(Receipt receipt, IssueOccurrence event) {
        Row row = byKey.get(new Key(receipt.id().value(), event.eventId().value()));
        return row == null ? OptionalLong.empty() : OptionalLong.of(row.issueId());
    }

    /** The issues of all rows. */
    Set<Long> issueIds() {
        return rows.stream().map(Row::issueId).collect(toUnmodifiableSet());
    }

    /** The events that stayed in their issue and are called otherwise in a later reading, the latest first. */
    List<Renamed> renamed(FiledEvents later) {
        List<Renamed> renamed = new ArrayList<>();
        for (Row row : rows) {
            Row after = later.byKey.get(row.key());
            if (after != null
                    && after.issueId() == row.issueId()
                    && !after.name().equals(row.name())) {
                renamed.add(new Renamed(row.issueId(), after.occurredAt(), row.name(), after.name()));
            }
        }
        renamed.sort(comparing(Renamed::occurredAt).reversed());
        return renamed;
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
