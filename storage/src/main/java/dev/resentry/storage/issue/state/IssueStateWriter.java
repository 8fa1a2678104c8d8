package dev.resentry.storage.issue.state;

import dev.resentry.model.issue.state.Happened;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.IssueTransitions;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.issue.AssignedIssues;
import dev.resentry.storage.issue.IssueOccurrence;
import dev.resentry.storage.issue.IssueStateColumns;
import dev.resentry.storage.issue.ProjectReleases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings issues back that the events of a batch speak against: resolved ones that happened again, ignored ones that have
 * happened often enough. Runs when all is counted; the issues are locked since then, so that of two batches and a person one
 * comes after the other. What is replayed changes no state.
 */
public final class IssueStateWriter implements BatchStep {
    private static final String READ = """
            SELECT i.id, i.project_id, i.event_count, i.users_affected, %s
            FROM issues i
            WHERE i.id = ANY (?) AND i.status <> 'unresolved'
            """.formatted(IssueStateColumns.READ);

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ROLLUPS;
    }

    private record Quiet(long id, long project, IssueState state, long events, long users) {}

    @Override
    public void write(BatchContext batch) throws SQLException {
        if (batch.cause() != Cause.LIVE) {
            return;
        }
        Map<Long, List<Happened>> happened = happened(batch);
        List<Quiet> quiet = read(batch.connection(), happened.keySet());
        if (quiet.isEmpty()) {
            return;
        }
        var releases = ProjectReleases.read(batch.connection(), mentioned(quiet, happened), batch.at());
        List<ChangedState> changes = new ArrayList<>();
        for (Quiet issue : quiet) {
            var counts = new CountedEvents(batch.connection(), issue.id(), issue.events(), issue.users(), batch.at());
            IssueTransitions.afterEvents(
                            issue.state(),
                            happened.getOrDefault(issue.id(), List.of()),
                            releases.order(issue.project()),
                            counts,
                            batch.at())
                    .ifPresent(change -> changes.add(new ChangedState(issue.id(), issue.state(), change)));
        }
        StateChanges.write(batch.connection(), changes);
    }

    private static Map<Long, List<Happened>> happened(BatchContext batch) {
        AssignedIssues issues = batch.get(AssignedIssues.class);
        Map<Long, List<Happened>> happened = new HashMap<>();
        for (BatchRow<IssueOccurrence> row : batch.rows(IssueOccurrence.class)) {
            if (batch.causeOf(row.receipt()) == Cause.IMPORT) {
                continue;
            }
            IssueOccurrence event = row.row();
            happened.computeIfAbsent(issues.issueOf(row.receipt().projectId(), event.hash()), _ -> new ArrayList<>())
                    .add(new Happened(event.eventId(), event.occurredAt(), event.release()));
        }
        return happened;
    }

    private static List<Quiet> read(Connection connection, Set<Long> issues) throws SQLException {
        List<Quiet> quiet = new ArrayList<>();
        if (issues.isEmpty()) {
            return quiet;
        }
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.setArray(1, connection.createArrayOf("int8", issues.toArray()));
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    quiet.add(new Quiet(
                            row.getLong("id"),
                            row.getLong("project_id"),
                            IssueStateColumns.read(row),
                            row.getLong("event_count"),
                            row.getLong("users_affected")));
                }
            }
        }
        return quiet;
    }

    /** The releases that events of resolved issues have, or that these are resolved in, by project. */
    private static Map<Long, Set<String>> mentioned(List<Quiet> quiet, Map<Long, List<Happened>> happened) {
        Map<Long, Set<String>> mentioned = new HashMap<>();
        for (Quiet issue : quiet) {
            if (issue.state() instanceof IssueState.Resolved resolved) {
                ProjectReleases.versionOf(resolved.resolution()).ifPresent(version -> {
                    Set<String> versions = mentioned.computeIfAbsent(issue.project(), _ -> new HashSet<>());
                    versions.add(version);
                    happened.getOrDefault(issue.id(), List.of()).stream()
                            .map(Happened::release)
                            .filter(release -> release != null)
                            .forEach(versions::add);
                });
            }
        }
        return mentioned;
    }
}
