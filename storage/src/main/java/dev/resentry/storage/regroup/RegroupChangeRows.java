package dev.resentry.storage.regroup;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes what becomes of issues. */
final class RegroupChangeRows {
    private static final String INSERT = """
            INSERT INTO regroup_changes (regroup_id, kind, rank, issue_id, title, events, parts, parts_total)
            SELECT ?::bigint, kind, rank, issue_id, title, events, parts::jsonb, parts_total
            FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[]) AS new(kind, rank, issue_id, title, events, parts, parts_total)
            """;

    private RegroupChangeRows() {}

    static void insert(Connection connection, long regroup, List<RegroupChange> changes) throws SQLException {
        var rows = new ColumnArrays<>(connection, changes);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, regroup);
            insert.setArray(2, rows.texts(change -> change.kind().wireName()));
            insert.setArray(3, rows.longs(RegroupChange::rank));
            insert.setArray(4, rows.nullableLongs(RegroupChange::issueId));
            insert.setArray(5, rows.texts(RegroupChange::title));
            insert.setArray(6, rows.longs(RegroupChange::events));
            insert.setArray(7, rows.texts(change -> json(change.parts())));
            insert.setArray(8, rows.longs(RegroupChange::partsTotal));
            insert.executeUpdate();
        }
    }

    private static String json(List<RegroupChange.Part> parts) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        parts.forEach(part -> json.addObject()
                .put("issue_id", part.issueId())
                .put("title", part.title())
                .put("culprit", part.culprit())
                .put("events", part.events())
                .put("latest_event_id", part.latestEventId().toString()));
        return json.toString();
    }
}
