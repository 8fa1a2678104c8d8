package dev.resentry.storage.issue;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.outbox.EventsOutbox;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Finds the issue of each hash, makes those that are missing, and counts the batch's occurrences on them. Leaves
 * the {@link AssignedIssues} for the steps behind it, and has topic {@code events} told of new issues.
 *
 * <p>Two processors that meet the same new hash: the hash row is inserted first, so one of them waits for the other's
 * commit, then finds the other's issue. No issue is ever made that has to be taken back.
 */
public final class IssueWriter implements BatchStep {
    private static final String FIND = """
            SELECT h.project_id, h.strategy, h.hash, h.issue_id
            FROM unnest(?, ?, ?) AS wanted(project_id, strategy, hash)
            JOIN issue_hashes h USING (project_id, strategy, hash)
            """;

    private static final String CLAIM = """
            INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
            SELECT project_id, strategy, hash, nextval(pg_get_serial_sequence('issues', 'id')), now()
            FROM unnest(?, ?, ?) AS new(project_id, strategy, hash)
            ON CONFLICT DO NOTHING
            RETURNING project_id, strategy, hash, issue_id
            """;

    private static final String CREATE = """
            INSERT INTO issues (id, project_id, title, culprit, level, platform, event_count, first_seen, last_seen,
                                first_release, first_release_at, last_release, last_release_at, error_type, is_unhandled,
                                created_at)
            SELECT id, project_id, title, culprit, level, platform, event_count, %s, %s,
                   first_release, %s, last_release, %s, error_type, is_unhandled, now()
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new(id, project_id, title, culprit, level, platform, event_count, first_seen, last_seen,
                       first_release, first_release_at, last_release, last_release_at, error_type, is_unhandled)
            """.formatted(
            instant("first_seen"), instant("last_seen"), instant("first_release_at"), instant("last_release_at"));

    /** The lock comes first and in order of ids: an UPDATE with a join locks in the order of its plan. */
    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

    /**
     * Seen times and releases depend on the events alone, not on the order in which they are stored. An earlier version wrote
     * releases without their times; then the issue's own stand for them.
     */
    private static final String COUNT = """
            UPDATE issues i
            SET event_count      = i.event_count + seen.event_count,
                first_release    = CASE WHEN first.changes THEN seen.first_release ELSE i.first_release END,
                first_release_at = CASE WHEN first.changes THEN seen.first_release_at ELSE i.first_release_at END,
                last_release     = CASE WHEN last.changes THEN seen.last_release ELSE i.last_release END,
                last_release_at  = CASE WHEN last.changes THEN seen.last_release_at ELSE i.last_release_at END,
                first_seen       = least(i.first_seen, seen.first_seen),
                last_seen        = greatest(i.last_seen, seen.last_seen),
                is_unhandled     = i.is_unhandled OR seen.is_unhandled
            FROM (SELECT id, event_count, %s AS first_seen, %s AS last_seen, first_release, %s AS first_release_at,
                         last_release, %s AS last_release_at, is_unhandled
                  FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                      AS new(id, event_count, first_seen, last_seen, first_release, first_release_at, last_release,
                             last_release_at, is_unhandled)) AS seen
            JOIN issues was ON was.id = seen.id
            CROSS JOIN LATERAL (SELECT seen.first_release IS NOT NULL AND (was.first_release IS NULL
                OR (seen.first_release_at, seen.first_release COLLATE "C")
                   < (coalesce(was.first_release_at, was.first_seen), was.first_release COLLATE "C")) AS changes) AS first
            CROSS JOIN LATERAL (SELECT seen.last_release IS NOT NULL AND (was.last_release IS NULL
                OR (seen.last_release_at, seen.last_release COLLATE "C")
                   > (coalesce(was.last_release_at, was.last_seen), was.last_release COLLATE "C")) AS changes) AS last
            WHERE i.id = seen.id
            """.formatted(
            instant("first_seen"), instant("last_seen"), instant("first_release_at"), instant("last_release_at"));

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ISSUES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Map<IssueKey, List<IssueOccurrence>> occurrences = new HashMap<>();
        for (BatchRow<IssueOccurrence> row : batch.rows(IssueOccurrence.class)) {
            var key = new IssueKey(row.receipt().projectId(), row.row().hash());
            occurrences.computeIfAbsent(key, _ -> new ArrayList<>()).add(row.row());
        }
        List<IssueUpdate> updates = occurrences.entrySet().stream()
                .map(entry -> IssueUpdate.of(entry.getKey(), entry.getValue()))
                .toList();
        Map<IssueKey, Long> ids = updates.isEmpty() ? Map.of() : assign(batch, updates);
        batch.put(AssignedIssues.class, new AssignedIssues(ids));
    }

    /** The ids of the issues of all updates, by their key. */
    private static Map<IssueKey, Long> assign(BatchContext batch, List<IssueUpdate> updates) throws SQLException {
        Connection connection = batch.connection();
        List<IssueUpdate> sorted =
                updates.stream().sorted(Comparator.comparing(IssueUpdate::key)).toList();
        Map<IssueKey, Long> existing = find(connection, sorted);
        Made made = make(batch, without(sorted, existing));
        existing.putAll(made.found());
        List<IdentifiedUpdate> counted = identified(sorted, existing);
        if (!counted.isEmpty()) {
            count(connection, counted);
        }
        Map<IssueKey, Long> all = new HashMap<>(existing);
        all.putAll(made.claimed());
        return all;
    }

    /**
     * Issues of hashes that were not known.
     *
     * @param claimed those that were made
     * @param found those that another transaction made in between
     */
    record Made(Map<IssueKey, Long> claimed, Map<IssueKey, Long> found) {}

    /** Makes the issues of hashes that are not known and has topic {@code events} told of them. */
    static Made make(BatchContext batch, List<IssueUpdate> missing) throws SQLException {
        if (missing.isEmpty()) {
            return new Made(Map.of(), Map.of());
        }
        Connection connection = batch.connection();
        Map<IssueKey, Long> claimed = query(connection, CLAIM, missing);
        List<IssueUpdate> lost = without(missing, claimed);
        Map<IssueKey, Long> found = lost.isEmpty() ? Map.of() : find(connection, lost);
        List<IdentifiedUpdate> created = identified(missing, claimed);
        if (!created.isEmpty()) {
            create(connection, created);
            EventsOutbox.append(
                    connection,
                    created.stream().map(issue -> told(issue, batch)).toList());
        }
        return new Made(claimed, found);
    }

    static Map<IssueKey, Long> find(Connection connection, List<IssueUpdate> updates) throws SQLException {
        return query(connection, FIND, updates);
    }

    record IdentifiedUpdate(long id, IssueUpdate update) {}

    static List<IssueUpdate> without(List<IssueUpdate> updates, Map<IssueKey, Long> known) {
        return updates.stream()
                .filter(update -> !known.containsKey(update.key()))
                .toList();
    }

    static List<IdentifiedUpdate> identified(List<IssueUpdate> updates, Map<IssueKey, Long> ids) {
        List<IdentifiedUpdate> identified = new ArrayList<>();
        for (IssueUpdate update : updates) {
            Long id = ids.get(update.key());
            if (id != null) {
                identified.add(new IdentifiedUpdate(id, update));
            }
        }
        return identified;
    }

    private static Map<IssueKey, Long> query(Connection connection, String sql, List<IssueUpdate> updates)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindKeys(connection, statement, updates);
            return issues(statement);
        }
    }

    /** Sets the first three parameters to the keys of updates. */
    static void bindKeys(Connection connection, PreparedStatement statement, List<IssueUpdate> updates)
            throws SQLException {
        var rows = new ColumnArrays<>(connection, updates);
        statement.setArray(1, rows.longs(row -> row.key().projectId().value()));
        statement.setArray(2, rows.texts(row -> row.key().hash().strategy()));
        statement.setArray(3, rows.bytes(row -> row.key().hash().toByteArray()));
    }

    /** The issues that a statement returns, by their key. */
    static Map<IssueKey, Long> issues(PreparedStatement statement) throws SQLException {
        Map<IssueKey, Long> found = new HashMap<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                var hash = new GroupingHash(result.getString(2), HexFormat.of().formatHex(result.getBytes(3)));
                found.put(new IssueKey(new ProjectId(result.getLong(1)), hash), result.getLong(4));
            }
        }
        return found;
    }

    private static void create(Connection connection, List<IdentifiedUpdate> updates) throws SQLException {
        var rows = new ColumnArrays<>(connection, updates);
        try (PreparedStatement insert = connection.prepareStatement(CREATE)) {
            insert.setArray(1, rows.longs(IdentifiedUpdate::id));
            insert.setArray(2, rows.longs(row -> row.update().key().projectId().value()));
            insert.setArray(3, rows.texts(row -> row.update().latest().title()));
            insert.setArray(4, rows.texts(row -> row.update().latest().culprit()));
            insert.setArray(5, rows.texts(row -> row.update().latest().level()));
            insert.setArray(6, rows.texts(row -> row.update().latest().platform()));
            insert.setArray(7, rows.longs(row -> row.update().count()));
            insert.setArray(8, rows.micros(row -> row.update().firstSeen()));
            insert.setArray(9, rows.micros(row -> row.update().lastSeen()));
            insert.setArray(10, rows.texts(row -> row.update().firstRelease()));
            insert.setArray(11, rows.micros(row -> row.update().firstReleaseAt()));
            insert.setArray(12, rows.texts(row -> row.update().lastRelease()));
            insert.setArray(13, rows.micros(row -> row.update().lastReleaseAt()));
            insert.setArray(14, rows.texts(row -> row.update().latest().errorType()));
            insert.setArray(15, flags(connection, updates));
            insert.executeUpdate();
        }
    }

    private static IssueActivity told(IdentifiedUpdate issue, BatchContext batch) {
        IssueOccurrence latest = issue.update().latest();
        return new IssueActivity(
                new Origin(
                        IssueActivity.idOfNew(issue.id()),
                        batch.cause(),
                        issue.update().key().projectId(),
                        batch.at()),
                IssueActivity.Kind.NEW,
                issue.id(),
                latest.title(),
                latest.culprit(),
                latest.level(),
                latest.platform(),
                "unresolved",
                latest.eventId(),
                null);
    }

    private static void count(Connection connection, List<IdentifiedUpdate> updates) throws SQLException {
        var rows = new ColumnArrays<>(connection, updates);
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement update = connection.prepareStatement(COUNT)) {
            lock.setArray(1, rows.longs(IdentifiedUpdate::id));
            lock.execute();
            update.setArray(1, rows.longs(IdentifiedUpdate::id));
            update.setArray(2, rows.longs(row -> row.update().count()));
            update.setArray(3, rows.micros(row -> row.update().firstSeen()));
            update.setArray(4, rows.micros(row -> row.update().lastSeen()));
            update.setArray(5, rows.texts(row -> row.update().firstRelease()));
            update.setArray(6, rows.micros(row -> row.update().firstReleaseAt()));
            update.setArray(7, rows.texts(row -> row.update().lastRelease()));
            update.setArray(8, rows.micros(row -> row.update().lastReleaseAt()));
            update.setArray(9, flags(connection, updates));
            update.executeUpdate();
        }
    }

    private static Array flags(Connection connection, List<IdentifiedUpdate> updates) throws SQLException {
        return connection.createArrayOf(
                "bool", updates.stream().map(row -> row.update().isUnhandled()).toArray(Boolean[]::new));
    }
}
