package dev.resentry.storage.issue;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the issue of each hash, makes those that are missing, and counts the batch's occurrences on them. Leaves
 * the {@link AssignedIssues} for the steps behind it, and has topic {@code events} told of new issues.
 *
 * <p>Two processors that meet the same new hash: the hash row is inserted first, so one of them waits for the other's
 * commit, then finds the other's issue. No issue is ever made that has to be taken back.
 */
public final class IssueWriter implements BatchStep {
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
        var hashes = new IssueHashes(batch.connection());
        List<IssueUpdate> sorted =
                updates.stream().sorted(Comparator.comparing(IssueUpdate::key)).toList();
        Map<IssueKey, Long> existing = hashes.find(IssueHashes.keys(sorted));
        existing.putAll(adopt(hashes, without(sorted, existing)));
        List<IssueUpdate> unknown = without(sorted, existing);
        List<IssueUpdate> firsts = withoutSharedHashes(unknown);
        Made made = make(batch, firsts);
        existing.putAll(made.found());
        if (firsts.size() < unknown.size()) {
            List<IssueUpdate> followers = without(without(unknown, made.claimed()), made.found());
            existing.putAll(adopt(hashes, followers));
            Made further = make(batch, without(followers, existing));
            existing.putAll(further.found());
            made.claimed().putAll(further.claimed());
        }
        List<IdentifiedUpdate> counted = identified(sorted, existing);
        if (!counted.isEmpty()) {
            count(batch.connection(), counted);
        }
        Map<IssueKey, Long> all = new HashMap<>(existing);
        all.putAll(made.claimed());
        return all;
    }

    /** The issues of hashes that are not known, by others that are. */
    private static Map<IssueKey, Long> adopt(IssueHashes hashes, List<IssueUpdate> unknown) throws SQLException {
        Map<IssueKey, Long> adopted = hashes.add(hashes.findByOthers(unknown));
        hashes.addOthers(identified(unknown, adopted));
        return adopted;
    }

    /** Of updates that share a hash of their strategy, the first: the others join its issue, as if they had come later. */
    private static List<IssueUpdate> withoutSharedHashes(List<IssueUpdate> updates) {
        Set<IssueKey> seen = new HashSet<>();
        return updates.stream()
                .filter(update -> {
                    List<IssueKey> others = update.othersOfStrategy();
                    boolean isFirst = others.stream().noneMatch(seen::contains);
                    seen.addAll(others);
                    return isFirst;
                })
                .toList();
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
            return new Made(new HashMap<>(), new HashMap<>());
        }
        var hashes = new IssueHashes(batch.connection());
        Map<IssueKey, Long> claimed = hashes.claim(IssueHashes.keys(missing));
        Map<IssueKey, Long> found = hashes.find(IssueHashes.keys(without(missing, claimed)));
        List<IdentifiedUpdate> created = identified(missing, claimed);
        if (!created.isEmpty()) {
            create(batch.connection(), created);
            hashes.addOthers(created);
            EventsOutbox.append(
                    batch.connection(),
                    created.stream().map(issue -> told(issue, batch)).toList());
        }
        return new Made(claimed, found);
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
