package dev.resentry.storage.event;

import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.attachment.NewAttachment;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchRow;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.ingest.LockOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Of a replay: leaves out the events that were deleted with their issue, and their attachments, so that no issue comes back for them. An
 * event whose issue is gone and that the job has not reached yet is marked here, as the job would have.
 */
public final class DeletedEvents implements BatchStep {
    private static final String MARK = """
            UPDATE event_identities i SET deleted = true
            FROM unnest(?, ?) AS given(project_id, event_id)
            JOIN event_identities known ON known.project_id = given.project_id AND known.event_id = given.event_id
            JOIN events e ON e.received_at = known.received_at AND e.project_id = known.project_id AND e.event_id = known.event_id
            JOIN deleted_issues d ON d.issue_id = e.issue_id
            WHERE i.project_id = known.project_id AND i.event_id = known.event_id AND NOT i.deleted
            """;

    private static final String DELETED = """
            SELECT i.project_id, i.event_id
            FROM unnest(?, ?) AS given(project_id, event_id)
            JOIN event_identities i ON i.project_id = given.project_id AND i.event_id = given.event_id
            WHERE i.deleted
            """;

    @Override
    public LockOrder lockOrder() {
        return LockOrder.EVENT_IDENTITIES;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        List<BatchRow<IdentifiedRow>> events = batch.rows(IdentifiedRow.class);
        List<BatchRow<NewAttachment>> attachments = batch.rows(NewAttachment.class);
        Set<EventKey> given = new TreeSet<>();
        events.forEach(event -> given.add(EventKey.of(event)));
        attachments.stream().flatMap(DeletedEvents::eventOf).forEach(given::add);
        if (given.isEmpty()) {
            return;
        }
        var keys = new ColumnArrays<>(batch.connection(), List.copyOf(given));
        try (PreparedStatement mark = batch.connection().prepareStatement(MARK)) {
            bind(mark, keys);
            mark.executeUpdate();
        }
        Set<EventKey> deleted = deleted(batch, keys);
        events.stream().filter(event -> deleted.contains(EventKey.of(event))).forEach(batch::leaveOut);
        attachments.stream()
                .filter(file -> eventOf(file).anyMatch(deleted::contains))
                .forEach(batch::leaveOut);
    }

    private static Stream<EventKey> eventOf(BatchRow<NewAttachment> attachment) {
        EventId event = attachment.row().eventId();
        return event == null
                ? Stream.empty()
                : Stream.of(new EventKey(attachment.receipt().projectId(), event));
    }

    private static Set<EventKey> deleted(BatchContext batch, ColumnArrays<EventKey> keys) throws SQLException {
        try (PreparedStatement select = batch.connection().prepareStatement(DELETED)) {
            bind(select, keys);
            Set<EventKey> deleted = new HashSet<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    deleted.add(
                            new EventKey(new ProjectId(found.getLong(1)), new EventId(found.getObject(2, UUID.class))));
                }
            }
            return deleted;
        }
    }

    private static void bind(PreparedStatement statement, ColumnArrays<EventKey> keys) throws SQLException {
        statement.setArray(1, keys.longs(key -> key.projectId().value()));
        statement.setArray(2, keys.uuids(key -> key.eventId().value()));
    }
}
