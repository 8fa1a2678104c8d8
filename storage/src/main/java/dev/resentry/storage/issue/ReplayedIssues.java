package dev.resentry.storage.issue;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.issue.IssueWriter.IdentifiedUpdate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Of a replay: finds the issue of each hash. A hash that is known has its issue, whatever people did with it. One that is new belongs
 * to the issue that its event is filed under (of several, the oldest), so that ids, states and what people wrote stay; only if
 * its event has no row there is a new issue. Counts nothing: roll-ups are made again from the events afterwards.
 */
public final class ReplayedIssues implements BatchStep {
    private static final String CLAIM = """
            INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
            SELECT new.project_id, new.strategy, new.hash, i.id, now()
            FROM unnest(?, ?, ?, ?) AS new(project_id, strategy, hash, issue_id)
            JOIN issues i ON i.id = new.issue_id
            ORDER BY 1, 2, 3
            ON CONFLICT DO NOTHING
            RETURNING project_id, strategy, hash, issue_id
            """;

    /** As a live batch does before it inserts events; a rebuild of an issue waits for it, or it for the rebuild. */
    private static final String LOCK = "SELECT id FROM issues WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ISSUES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        FiledEvents before = FiledEvents.read(batch.connection(), batch.receipts());
        batch.put(FiledEvents.class, before);
        Map<IssueKey, List<IssueOccurrence>> occurrences = new HashMap<>();
        Map<IssueKey, Long> filedUnder = new HashMap<>();
        for (BatchRow<IssueOccurrence> row : batch.rows(IssueOccurrence.class)) {
            var key = new IssueKey(row.receipt().projectId(), row.row().hash());
            occurrences.computeIfAbsent(key, _ -> new ArrayList<>()).add(row.row());
            OptionalLong issue = before.issueOf(row.receipt(), row.row());
            issue.ifPresent(id -> filedUnder.merge(key, id, Math::min));
        }
        List<IssueUpdate> updates = occurrences.entrySet().stream()
                .map(entry -> IssueUpdate.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(IssueUpdate::key))
                .toList();
        Map<IssueKey, Long> ids = updates.isEmpty() ? Map.of() : assign(batch, updates, filedUnder);
        lock(batch.connection(), ids, before);
        batch.put(AssignedIssues.class, new AssignedIssues(ids));
    }

    private static Map<IssueKey, Long> assign(
            BatchContext batch, List<IssueUpdate> updates, Map<IssueKey, Long> filedUnder) throws SQLException {
        Map<IssueKey, Long> ids = new HashMap<>(IssueWriter.find(batch.connection(), updates));
        List<IdentifiedUpdate> adopted = IssueWriter.identified(IssueWriter.without(updates, ids), filedUnder);
        if (!adopted.isEmpty()) {
            Map<IssueKey, Long> claimed = claim(batch.connection(), adopted);
            ids.putAll(claimed);
            batch.noteChange(TableChange.of("issue_hashes", claimed.size(), 0, 0, List.of()));
        }
        List<IssueUpdate> missing = IssueWriter.without(updates, ids);
        if (!missing.isEmpty()) {
            IssueWriter.Made made = IssueWriter.make(batch, missing);
            ids.putAll(made.claimed());
            ids.putAll(made.found());
            batch.noteChange(TableChange.of(
                    "issues",
                    made.claimed().size(),
                    0,
                    0,
                    made.claimed().values().stream().map(id -> "added " + id).toList()));
        }
        return ids;
    }

    private static Map<IssueKey, Long> claim(Connection connection, List<IdentifiedUpdate> adopted)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            IssueWriter.bindKeys(
                    connection,
                    insert,
                    adopted.stream().map(IdentifiedUpdate::update).toList());
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "int8", adopted.stream().map(IdentifiedUpdate::id).toArray()));
            return IssueWriter.issues(insert);
        }
    }

    private static void lock(Connection connection, Map<IssueKey, Long> ids, FiledEvents before) throws SQLException {
        Set<Long> touched = new HashSet<>(before.issueIds());
        touched.addAll(ids.values());
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setArray(1, connection.createArrayOf("int8", touched.toArray()));
            lock.execute();
        }
    }
}
