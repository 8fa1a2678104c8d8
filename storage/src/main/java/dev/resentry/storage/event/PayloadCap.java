package dev.resentry.storage.event;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.issue.AssignedIssues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Decides which events keep their payload: of an issue and a day of arrival the first ones, as many as the project says. All
 * others have a row without one, from which everything is counted as from any other. Runs behind the steps that lock the
 * issues of a batch, so that two batches never decide about the same issue at once.
 *
 * <p>A replay takes no payload away. It gives payloads back to events without one as far as the cap of now leaves room,
 * which is nowhere as long as the cap is the same.
 */
public final class PayloadCap implements BatchStep {
    private static final String CAPS = """
            SELECT project_id, payloads_per_issue_per_day::bigint FROM project_processing p
            WHERE project_id = ANY (?)
              AND (payloads_per_issue_per_day IS NOT NULL OR EXISTS (SELECT FROM issue_days d WHERE d.project_id = p.project_id))
            """;

    private static final String FILED = """
            SELECT e.project_id, e.event_id, e.payload_kept
            FROM unnest(?, ?) AS covered(at, id)
            JOIN events e ON e.received_at = %s AND e.envelope_id = covered.id
            """.formatted(instant("covered.at"));

    private final PayloadDays days = new PayloadDays();

    /** What a row of an event says of its payload. */
    private enum Filed {
        NOWHERE,
        WITH_PAYLOAD,
        WITHOUT_PAYLOAD
    }

    private record Undecided(BatchRow<NewEvent> event, Filed filed) {}

    /**
     * What the projects of a batch say now.
     *
     * @param lifted projects whose cap was taken away while days of theirs are still counted by it: another one may be set
     */
    private record Caps(Map<ProjectId, Long> caps, Set<ProjectId> lifted) {}

    @Override
    public LockOrder lockOrder() {
        return LockOrder.ISSUES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        var cut = new CutPayloads();
        batch.put(CutPayloads.class, cut);
        List<BatchRow<NewEvent>> events = batch.rows(NewEvent.class);
        if (events.isEmpty()) {
            return;
        }
        Caps caps = caps(batch.connection(), events);
        Map<EventKey, Filed> filed = batch.cause() == Cause.LIVE ? Map.of() : filed(batch);
        AssignedIssues issues = batch.get(AssignedIssues.class);
        Map<IssueDay, List<Undecided>> undecided = new HashMap<>();
        Map<IssueDay, Long> uncapped = new HashMap<>();
        for (BatchRow<NewEvent> event : events) {
            var one = new Undecided(event, filed.getOrDefault(EventKey.of(event), Filed.NOWHERE));
            if (one.filed() == Filed.NOWHERE
                    && caps.lifted().contains(event.receipt().projectId())) {
                uncapped.merge(day(event, issues), 1L, Long::sum);
            }
            boolean isOpen = switch (one.filed()) {
                case NOWHERE -> caps.caps().containsKey(event.receipt().projectId());
                case WITH_PAYLOAD -> false;
                case WITHOUT_PAYLOAD -> true;
            };
            if (isOpen) {
                undecided
                        .computeIfAbsent(day(event, issues), _ -> new ArrayList<>())
                        .add(one);
            }
        }
        if (!uncapped.isEmpty()) {
            days.add(batch.connection(), uncapped);
        }
        if (!undecided.isEmpty()) {
            decide(batch.connection(), undecided, caps.caps(), cut);
        }
    }

    private void decide(
            Connection connection, Map<IssueDay, List<Undecided>> undecided, Map<ProjectId, Long> caps, CutPayloads cut)
            throws SQLException {
        Map<IssueDay, Long> kept = days.payloads(connection, List.copyOf(undecided.keySet()));
        List<PayloadDays.Change> changes = new ArrayList<>();
        undecided.forEach((day, events) -> {
            long before = kept.getOrDefault(day, 0L);
            long cap = caps.getOrDefault(day.projectId(), Long.MAX_VALUE);
            int room = Math.clamp(cap - before, 0, events.size());
            List<Undecided> without = events.subList(room, events.size());
            without.forEach(one -> cut.add(one.event().row()));
            long given = events.subList(0, room).stream()
                    .filter(one -> one.filed() == Filed.WITHOUT_PAYLOAD)
                    .count();
            long taken =
                    without.stream().filter(one -> one.filed() == Filed.NOWHERE).count();
            if (room > 0 || taken > 0) {
                changes.add(new PayloadDays.Change(day, before + room, taken - given));
            }
        });
        if (!changes.isEmpty()) {
            days.write(connection, changes);
        }
    }

    private static IssueDay day(BatchRow<NewEvent> event, AssignedIssues issues) {
        Receipt receipt = event.receipt();
        return new IssueDay(
                receipt.projectId(),
                issues.issueOf(receipt.projectId(), event.row().hash()),
                receipt.receivedAt().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay());
    }

    private static Caps caps(Connection connection, List<BatchRow<NewEvent>> events) throws SQLException {
        Set<Long> projects = new HashSet<>();
        events.forEach(event -> projects.add(event.receipt().projectId().value()));
        try (PreparedStatement select = connection.prepareStatement(CAPS)) {
            select.setArray(1, connection.createArrayOf("int8", projects.toArray()));
            var caps = new Caps(new HashMap<>(), new HashSet<>());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    var project = new ProjectId(rows.getLong(1));
                    Long cap = rows.getObject(2, Long.class);
                    if (cap == null) {
                        caps.lifted().add(project);
                    } else {
                        caps.caps().put(project, cap);
                    }
                }
            }
            return caps;
        }
    }

    private static Map<EventKey, Filed> filed(BatchContext batch) throws SQLException {
        var covered = new ColumnArrays<>(batch.connection(), batch.receipts());
        try (PreparedStatement select = batch.connection().prepareStatement(FILED)) {
            select.setArray(1, covered.micros(Receipt::receivedAt));
            select.setArray(2, covered.uuids(receipt -> receipt.id().value()));
            Map<EventKey, Filed> filed = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    var event =
                            new EventKey(new ProjectId(rows.getLong(1)), new EventId(rows.getObject(2, UUID.class)));
                    filed.put(event, rows.getBoolean(3) ? Filed.WITH_PAYLOAD : Filed.WITHOUT_PAYLOAD);
                }
            }
            return filed;
        }
    }
}
