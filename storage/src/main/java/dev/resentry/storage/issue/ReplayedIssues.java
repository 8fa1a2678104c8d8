package dev.resentry.storage.issue;

import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.ingest.TableChange;
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
        var hashes = new IssueHashes(batch.connection());
        Map<IssueKey, Long> ids = hashes.find(IssueHashes.keys(updates));
        List<IssueUpdate> unknown = IssueWriter.without(updates, ids);
        Map<IssueKey, Long> owners = hashes.findByOthers(unknown);
        IssueWriter.identified(unknown, filedUnder)
                .forEach(filed -> owners.put(filed.update().key(), filed.id()));
        if (!owners.isEmpty()) {
            Map<IssueKey, Long> adopted = hashes.add(owners);
            Map<IssueKey, Long> others = hashes.addOthers(IssueWriter.identified(unknown, adopted));
            ids.putAll(adopted);
            batch.noteChange(TableChange.of("issue_hashes", adopted.size() + others.size(), 0, 0, List.of()));
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

    private static void lock(Connection connection, Map<IssueKey, Long> ids, FiledEvents before) throws SQLException {
        Set<Long> touched = new HashSet<>(before.issueIds());
        touched.addAll(ids.values());
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setArray(1, connection.createArrayOf("int8", touched.toArray()));
            lock.execute();
        }
    }
}
