package dev.resentry.storage.person;

import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.feedback.NewFeedback;
import dev.resentry.storage.ingest.BatchContext;
import dev.resentry.storage.ingest.BatchContext.Exclusion;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStep;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.LockOrder;
import dev.resentry.storage.log.NewLog;
import dev.resentry.storage.transaction.NewTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Leaves out envelopes with data of persons whose data was deleted after the envelope had arrived, whatever brings them again. What
 * arrives after a deletion is stored as any other. Behind the lock of the project, under which deletions are noted.
 */
public final class DeletedPersons implements BatchStep {
    private static final String DELETED = """
            SELECT project_id, identifier_hash, deleted_at FROM deleted_persons WHERE project_id = ANY (?)
            """;

    private static final String SECRET = "SELECT value FROM installation_secrets WHERE name = ?";

    @Override
    public LockOrder lockOrder() {
        return LockOrder.PROJECTS;
    }

    @Override
    public void write(BatchContext batch) throws SQLException {
        Set<Long> projects = new HashSet<>();
        batch.remaining().forEach(record -> projects.add(project(record)));
        if (projects.isEmpty()) {
            return;
        }
        Deletions deletions = deletions(batch.connection(), projects);
        if (!deletions.byProject().isEmpty()) {
            batch.retain(record -> !deletions.concern(record), Exclusion.PERSON_DELETED);
        }
    }

    /** When the data of which hashed identifiers was deleted. */
    private record Deletions(Map<Long, Map<String, Instant>> byProject, IdentifierHash hash) {
        boolean concern(Received record) {
            long project = project(record);
            Instant receivedAt = record.envelope().raw().receipt().receivedAt();
            Map<String, Instant> deleted = byProject.getOrDefault(project, Map.of());
            return deleted.values().stream().anyMatch(receivedAt::isBefore)
                    && identifiers(record).stream()
                            .map(identifier -> deleted.get(hash.of(project, identifier)))
                            .anyMatch(at -> at != null && receivedAt.isBefore(at));
        }
    }

    private static Set<String> identifiers(Received record) {
        RawEnvelope raw = record.envelope().raw();
        List<IngestedItem> items = record.envelope().items();
        Set<String> found = new HashSet<>(PersonalPayload.identifiers(
                raw.receipt().contentEncoding(),
                raw.receipt().endpoint(),
                raw.body(),
                items.stream()
                        .filter(item -> PersonalPayload.TYPES.contains(
                                item.header().type().wireName()))
                        .map(item -> new PersonalPayload.Place(item.payloadOffset(), item.payloadLength()))
                        .toList()));
        for (IngestedItem item : items) {
            item.rows(NewEvent.class).forEach(row -> found.addAll(PersonalPayload.identifiers(row.payloadJson())));
            item.rows(NewTransaction.class)
                    .forEach(row -> found.addAll(PersonalPayload.identifiers(row.payloadJson())));
            item.rows(NewLog.class).forEach(row -> found.addAll(PersonalPayload.identifiers(row.attributesJson())));
            for (NewFeedback feedback : item.rows(NewFeedback.class)) {
                Stream.of(feedback.email(), feedback.name())
                        .filter(Objects::nonNull)
                        .filter(named -> !named.isBlank())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static long project(Received record) {
        return record.envelope().raw().receipt().projectId().value();
    }

    private static Deletions deletions(Connection connection, Set<Long> projects) throws SQLException {
        Map<Long, Map<String, Instant>> deleted = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(DELETED)) {
            select.setArray(1, connection.createArrayOf("int8", projects.toArray(Long[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    deleted.computeIfAbsent(rows.getLong(1), _ -> new HashMap<>())
                            .put(
                                    HexFormat.of().formatHex(rows.getBytes(2)),
                                    rows.getObject(3, OffsetDateTime.class).toInstant());
                }
            }
        }
        return new Deletions(deleted, new IdentifierHash(deleted.isEmpty() ? "none" : secret(connection)));
    }

    private static String secret(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SECRET)) {
            select.setString(1, IdentifierHash.SECRET);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("installation_secrets: '%s' is missing, by which persons are known"
                            .formatted(IdentifierHash.SECRET));
                }
                return row.getString(1);
            }
        }
    }
}
