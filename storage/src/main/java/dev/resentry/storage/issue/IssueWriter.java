package dev.resentry.storage.issue;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.event.EventId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
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
 * Finds the issue of each hash, makes those that are missing, and locks the others. Leaves the {@link AssignedIssues} for the steps
 * behind it, and {@link IssueCounts} for the one that writes what was counted; has topic {@code events} told of new issues.
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
        var counts = new IssueCounts();
        Map<IssueKey, Long> ids = updates.isEmpty() ? Map.of() : assign(batch, updates, counts);
        batch.put(IssueCounts.class, counts);
        batch.put(AssignedIssues.class, new AssignedIssues(ids));
    }

    /** The ids of the issues of all updates, by their key. */
    private static Map<IssueKey, Long> assign(BatchContext batch, List<IssueUpdate> updates, IssueCounts counts)
            throws SQLException {
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
            lock(batch.connection(), counted);
            counted.forEach(update -> counts.add(update.id(), update.update()));
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
            Set<EventId> imported = imported(batch);
            EventsOutbox.append(
                    batch.connection(),
                    created.stream().map(issue -> told(issue, batch, imported)).toList());
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

    /** The events that an import brought over. */
    private static Set<EventId> imported(BatchContext batch) {
        Set<EventId> imported = new HashSet<>();
        for (BatchRow<IssueOccurrence> row : batch.rows(IssueOccurrence.class)) {
            if (batch.causeOf(row.receipt()) == Cause.IMPORT) {
                imported.add(row.row().eventId());
            }
        }
        return imported;
    }

    private static IssueActivity told(IdentifiedUpdate issue, BatchContext batch, Set<EventId> imported) {
        IssueOccurrence latest = issue.update().latest();
        return new IssueActivity(
                new Origin(
                        IssueActivity.idOfNew(issue.id()),
                        imported.contains(latest.eventId()) ? Cause.IMPORT : batch.cause(),
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

    /** Until the end of the transaction, in which {@link IssueCounts} is written once all is counted. */
    private static void lock(Connection connection, List<IdentifiedUpdate> updates) throws SQLException {
        var rows = new ColumnArrays<>(connection, updates);
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setArray(1, rows.longs(IdentifiedUpdate::id));
            lock.execute();
        }
    }

    private static Array flags(Connection connection, List<IdentifiedUpdate> updates) throws SQLException {
        return connection.createArrayOf(
                "bool", updates.stream().map(row -> row.update().isUnhandled()).toArray(Boolean[]::new));
    }
}
