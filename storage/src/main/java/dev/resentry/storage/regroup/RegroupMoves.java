package dev.resentry.storage.regroup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.outbox.DataChanges;
import dev.resentry.storage.regroup.EventPage.Regrouped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Files events under the issues that own their new hashes, with what source maps made of them. A hash that nobody owns becomes that of the
 * issue in which its events are. Locks hashes, then issues, as batches do.
 */
final class RegroupMoves {
    private static final String OWNERS = """
            SELECT encode(h.hash, 'hex'), h.issue_id
            FROM unnest(?::bytea[]) AS wanted(hash)
            JOIN issue_hashes h ON h.project_id = ? AND h.strategy = ? AND h.hash = wanted.hash
            """;

    private static final String CLAIM = """
            INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
            SELECT i.project_id, ?::text, new.hash, i.id, now()
            FROM unnest(?::bytea[], ?::bigint[]) AS new(hash, issue_id)
            JOIN issues i ON i.id = coalesce((SELECT into_issue FROM merged_issues WHERE issue_id = new.issue_id), new.issue_id)
            ORDER BY 1, 2, 3
            ON CONFLICT DO NOTHING
            RETURNING hash
            """;

    private static final String NOTE_CLAIMED = """
            INSERT INTO regrouped_hashes (regroup_id, strategy, hash, issue_id)
            SELECT ?::bigint, ?::text, hash, NULL FROM unnest(?::bytea[]) AS claimed(hash)
            ON CONFLICT DO NOTHING
            """;

    /** As a batch does before it inserts events: a rebuild of the issue waits for this, or this for it. */
    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

    /** What was noted first is how the event was. */
    private static final String NOTE = """
            INSERT INTO regrouped_events (regroup_id, received_at, event_id, issue_id, strategy, hash, title, culprit, needs_source_maps,
                                          is_readable)
            SELECT ?::bigint, e.received_at, e.event_id, e.issue_id, e.strategy, e.hash, e.title, e.culprit, e.needs_source_maps,
                   moved.is_readable
            FROM unnest(?::bigint[], ?::uuid[], ?::boolean[]) AS moved(at, id, is_readable)
            JOIN events e ON e.received_at = %s AND e.project_id = ? AND e.event_id = moved.id
            ON CONFLICT DO NOTHING
            """.formatted(instant("moved.at"));

    /** That a payload can be read as jsonb is tried before it is stored. */
    private static final String MOVE = """
            UPDATE events e
            SET issue_id = moved.issue_id, strategy = ?, hash = moved.hash, title = moved.title,
                culprit = CASE WHEN moved.payload IS NULL THEN e.culprit ELSE moved.culprit END,
                payload_json = CASE WHEN moved.payload::jsonb IS NULL THEN e.payload_json ELSE moved.payload END,
                payload_jsonb = CASE WHEN moved.payload IS NULL THEN e.payload_jsonb END,
                needs_source_maps = coalesce(moved.needs_source_maps, e.needs_source_maps)
            FROM unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                AS moved(at, id, issue_id, hash, title, culprit, payload, needs_source_maps)
            WHERE e.received_at = %s AND e.project_id = ? AND e.event_id = moved.id
            """.formatted(instant("moved.at"));

    private static final String NOTE_RECOUNT = """
            INSERT INTO pending_recounts (job_id, project_id, issue_id)
            SELECT ?::bigint, ?::bigint, issue_id FROM unnest(?::bigint[]) AS counted(issue_id)
            ON CONFLICT DO NOTHING
            """;

    private static final InstantSource CLOCK = InstantSource.system();

    private final JdbcTemplate template;

    RegroupMoves(JdbcTemplate template) {
        this.template = template;
    }

    private record Move(Regrouped event, long issue) {
        @Nullable
        String payload() {
            return event.grouped().readable() == null
                    ? null
                    : event.grouped().readable().payloadJson();
        }

        @Nullable
        Boolean needsSourceMaps() {
            return event.grouped().readable() == null
                    ? null
                    : event.grouped().readable().needsMore();
        }
    }

    /**
     * Files the events of a page.
     *
     * @param job which counts their issues again
     * @param isNoted whether it is noted how they were
     */
    void file(LockedRegroup regroup, long job, List<Regrouped> events, boolean isNoted) {
        if (!events.isEmpty()) {
            template.execute((ConnectionCallback<Boolean>) connection -> {
                file(connection, regroup, job, events, isNoted);
                return true;
            });
        }
    }

    private static void file(
            Connection connection, LockedRegroup regroup, long job, List<Regrouped> events, boolean isNoted)
            throws SQLException {
        Map<String, Long> owners = owners(connection, regroup, events, isNoted);
        List<Move> moves = new ArrayList<>();
        for (Regrouped event : events) {
            Long owner = owners.get(event.grouped().hash());
            if (owner != null && changes(regroup, event, owner)) {
                moves.add(new Move(event, owner));
            }
        }
        if (moves.isEmpty()) {
            return;
        }
        TreeSet<Long> touched = new TreeSet<>();
        moves.forEach(move -> touched.addAll(List.of(move.issue(), move.event().issue())));
        Long[] issues = touched.toArray(Long[]::new);
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setArray(1, connection.createArrayOf("int8", issues));
            lock.execute();
        }
        if (isNoted) {
            note(connection, regroup, moves);
        }
        move(connection, regroup, moves);
        List<Instant> receivedAt = moves.stream()
                .map(move -> move.event().place().receivedAt().toInstant())
                .toList();
        DataChanges.tell(connection, Cause.REGROUP, regroup.project(), receivedAt, CLOCK.instant());
        recount(connection, regroup, job, issues);
    }

    private static boolean changes(LockedRegroup regroup, Regrouped event, long owner) {
        return (event.grouped().readable() instanceof EventGrouping.ReadablePayload(String payload, boolean needsMore)
                        && (payload != null || !Objects.equals(event.needsSourceMaps(), needsMore)))
                || event.issue() != owner
                || !event.strategy().equals(regroup.strategy())
                || !event.hash().equals(event.grouped().hash())
                || !event.title().equals(event.grouped().title());
    }

    private static Map<String, Long> owners(
            Connection connection, LockedRegroup regroup, List<Regrouped> events, boolean isNoted) throws SQLException {
        // Of several events with a hash that nobody owns, the oldest decides.
        SequencedMap<String, Long> wanted = new TreeMap<>();
        events.forEach(event -> wanted.put(event.grouped().hash(), event.issue()));
        Map<String, Long> owners = read(connection, regroup, List.copyOf(wanted.keySet()));
        List<Map.Entry<String, Long>> unknown = wanted.entrySet().stream()
                .filter(entry -> !owners.containsKey(entry.getKey()))
                .toList();
        if (!unknown.isEmpty()) {
            claim(connection, regroup, unknown, isNoted);
            owners.putAll(read(
                    connection, regroup, unknown.stream().map(Map.Entry::getKey).toList()));
        }
        return owners;
    }

    private static Map<String, Long> read(Connection connection, LockedRegroup regroup, List<String> hashes)
            throws SQLException {
        Map<String, Long> owners = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(OWNERS)) {
            select.setArray(1, new ColumnArrays<>(connection, hashes).bytes(HexFormat.of()::parseHex));
            select.setLong(2, regroup.project());
            select.setString(3, regroup.strategy());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    owners.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return owners;
    }

    private static void claim(
            Connection connection, LockedRegroup regroup, List<Map.Entry<String, Long>> unknown, boolean isNoted)
            throws SQLException {
        var rows = new ColumnArrays<>(connection, unknown);
        List<byte[]> claimed = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            insert.setString(1, regroup.strategy());
            insert.setArray(2, rows.bytes(entry -> HexFormat.of().parseHex(entry.getKey())));
            insert.setArray(3, rows.longs(Map.Entry::getValue));
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    claimed.add(row.getBytes(1));
                }
            }
        }
        if (isNoted) {
            try (PreparedStatement note = connection.prepareStatement(NOTE_CLAIMED)) {
                note.setLong(1, regroup.id());
                note.setString(2, regroup.strategy());
                note.setArray(3, new ColumnArrays<>(connection, claimed).bytes(hash -> hash));
                note.executeUpdate();
            }
        }
    }

    private static void note(Connection connection, LockedRegroup regroup, List<Move> moves) throws SQLException {
        var rows = new ColumnArrays<>(connection, moves);
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setLong(1, regroup.id());
            note.setArray(
                    2, rows.micros(move -> move.event().place().receivedAt().toInstant()));
            note.setArray(3, rows.uuids(move -> move.event().place().eventId()));
            note.setArray(4, flags(connection, moves, move -> move.payload() != null));
            note.setLong(5, regroup.project());
            note.executeUpdate();
        }
    }

    private static void move(Connection connection, LockedRegroup regroup, List<Move> moves) throws SQLException {
        var rows = new ColumnArrays<>(connection, moves);
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setString(1, regroup.strategy());
            move.setArray(2, rows.micros(one -> one.event().place().receivedAt().toInstant()));
            move.setArray(3, rows.uuids(one -> one.event().place().eventId()));
            move.setArray(4, rows.longs(Move::issue));
            move.setArray(
                    5,
                    rows.bytes(
                            one -> HexFormat.of().parseHex(one.event().grouped().hash())));
            move.setArray(6, rows.texts(one -> one.event().grouped().title()));
            move.setArray(7, rows.texts(one -> one.event().grouped().culprit()));
            move.setArray(8, rows.texts(Move::payload));
            move.setArray(9, flags(connection, moves, Move::needsSourceMaps));
            move.setLong(10, regroup.project());
            move.executeUpdate();
        }
    }

    private static Array flags(Connection connection, List<Move> moves, Function<Move, @Nullable Boolean> flag)
            throws SQLException {
        return connection.createArrayOf("bool", moves.stream().map(flag).toArray(Boolean[]::new));
    }

    static void recount(Connection connection, LockedRegroup regroup, long job, Long[] issues) throws SQLException {
        try (PreparedStatement note = connection.prepareStatement(NOTE_RECOUNT)) {
            note.setLong(1, job);
            note.setLong(2, regroup.project());
            note.setArray(3, connection.createArrayOf("int8", issues));
            note.executeUpdate();
        }
    }
}
