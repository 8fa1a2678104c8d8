package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchRecord.Readable;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores batches of envelopes with their items and events, counts the events on their issues, and keeps as dead letters what
 * nothing could be made of.
 *
 * <p>One batch is one transaction: all of it is there or nothing. An envelope or an event that is there already changes
 * nothing, so a batch may be stored any number of times, by any number of processors at once: <em>the effect is that of
 * storing it once</em>. For every batch, {@code stored + alreadyStored + ofDeletedProjects + unreadable = size of the batch}.
 *
 * <p>All processors take locks in one order (projects, envelopes, event identities, hashes, issues, dead letters; each sorted), so they
 * wait for each other and do not deadlock.
 */
public final class BatchStore {
    private static final String LIVING_PROJECTS = """
            SELECT id FROM projects WHERE id = ANY (?) AND status <> 'deleting' ORDER BY id FOR SHARE
            """;

    /** Why an envelope of a deleted project is a dead letter. */
    public static final Outcome.Dropped PROJECT_DELETED =
            new Outcome.Dropped(DropReason.PROJECT_DELETED, "the project is deleted");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DayPartitions partitions;

    public BatchStore(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.partitions = new DayPartitions(JdbcClient.create(dataSource));
    }

    /**
     * Stores a batch.
     *
     * @throws org.springframework.dao.TransientDataAccessException or another exception of its kind if the database cannot
     *     be reached or asks to try again: nothing was stored, and storing the same batch again is right
     * @throws org.springframework.dao.NonTransientDataAccessException if the database refuses something in the batch:
     *     nothing was stored, and storing the same batch again would end the same
     */
    public BatchResult store(List<BatchRecord> batch) {
        partitions.ensure(readable(batch).stream()
                .map(record -> record.envelope().raw().receipt().receivedAt())
                .collect(Collectors.toSet()));
        return transaction.execute(
                _ -> jdbc.execute((ConnectionCallback<BatchResult>) connection -> store(connection, batch)));
    }

    private static List<Readable> readable(List<BatchRecord> batch) {
        List<Readable> readable = new ArrayList<>();
        for (BatchRecord record : batch) {
            if (record instanceof Readable one) {
                readable.add(one);
            }
        }
        return readable;
    }

    private static BatchResult store(Connection connection, List<BatchRecord> batch) throws SQLException {
        List<DeadLetterRow> letters = new ArrayList<>();
        for (BatchRecord record : batch) {
            if (record instanceof Unreadable(SourceRecord source, Outcome.Dropped why)) {
                letters.add(DeadLetterRow.ofRecord(source, why));
            }
        }
        int unreadable = letters.size();
        List<Readable> records = readable(batch);
        Set<Long> living = livingProjects(connection, records);
        List<Readable> wanted = new ArrayList<>();
        Set<EnvelopeId> ofDeletedProjects = new HashSet<>();
        for (Readable record : records) {
            if (living.contains(record.envelope().raw().receipt().projectId().value())) {
                wanted.add(record);
            } else {
                ofDeletedProjects.add(record.envelope().raw().receipt().id());
                letters.add(DeadLetterRow.ofRecord(record.source(), PROJECT_DELETED));
            }
        }
        Set<UUID> newIds = InsertEnvelopes.run(
                connection, wanted.stream().map(Readable::envelope).toList());
        List<IngestedEnvelope> stored = new ArrayList<>();
        for (Readable record : wanted) {
            IngestedEnvelope envelope = record.envelope();
            if (newIds.remove(envelope.raw().receipt().id().value())) {
                stored.add(envelope);
                if (envelope.outcome() instanceof Outcome.Dropped why) {
                    letters.add(DeadLetterRow.ofStored(record, why));
                }
            }
        }
        Map<EventKey, EventRow> newEvents = claimEvents(connection, stored);
        if (!newEvents.isEmpty()) {
            List<EventRow> rows = List.copyOf(newEvents.values());
            InsertEvents.run(connection, rows, AssignIssues.run(connection, updatesOf(rows)));
        }
        if (!letters.isEmpty()) {
            InsertDeadLetters.run(connection, letters);
        }
        List<InsertItems.Row> items = itemsOf(stored, newEvents);
        if (!items.isEmpty()) {
            InsertItems.run(connection, items);
        }
        int duplicates = (int) items.stream()
                .filter(row -> row.outcome() instanceof Outcome.Duplicate)
                .count();
        return new BatchResult(
                stored.size(),
                wanted.size() - stored.size(),
                ofDeletedProjects,
                unreadable,
                newEvents.size(),
                duplicates);
    }

    private static Set<Long> livingProjects(Connection connection, List<Readable> batch) throws SQLException {
        Long[] wanted = batch.stream()
                .map(record -> record.envelope().raw().receipt().projectId().value())
                .distinct()
                .toArray(Long[]::new);
        try (PreparedStatement select = connection.prepareStatement(LIVING_PROJECTS)) {
            select.setArray(1, connection.createArrayOf("int8", wanted));
            Set<Long> living = new HashSet<>();
            try (ResultSet ids = select.executeQuery()) {
                while (ids.next()) {
                    living.add(ids.getLong(1));
                }
            }
            return living;
        }
    }

    /** The events that no one stored before; of several with one identity in the batch, the first. */
    private static Map<EventKey, EventRow> claimEvents(Connection connection, List<IngestedEnvelope> envelopes)
            throws SQLException {
        Map<EventKey, EventRow> candidates = new LinkedHashMap<>();
        for (IngestedEnvelope envelope : envelopes) {
            for (IngestedItem item : envelope.items()) {
                if (item.event() != null) {
                    var row = new EventRow(envelope.raw().receipt(), item.event());
                    candidates.putIfAbsent(row.key(), row);
                }
            }
        }
        if (!candidates.isEmpty()) {
            candidates.keySet().retainAll(InsertEventIdentities.run(connection, candidates.values()));
        }
        return candidates;
    }

    private static List<IssueUpdate> updatesOf(List<EventRow> events) {
        return events.stream().collect(Collectors.groupingBy(EventRow::issueKey)).entrySet().stream()
                .map(entry -> IssueUpdate.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<InsertItems.Row> itemsOf(List<IngestedEnvelope> envelopes, Map<EventKey, EventRow> newEvents) {
        // By identity: two equal events in one batch are one event and one duplicate.
        Set<NewEvent> stored = Collections.newSetFromMap(new IdentityHashMap<>());
        newEvents.values().forEach(row -> stored.add(row.event()));
        List<InsertItems.Row> rows = new ArrayList<>();
        for (IngestedEnvelope envelope : envelopes) {
            int position = 0;
            for (IngestedItem item : envelope.items()) {
                Outcome outcome = item.event() == null || stored.contains(item.event())
                        ? item.outcome()
                        : new Outcome.Duplicate();
                rows.add(new InsertItems.Row(envelope.raw().receipt(), position++, item, outcome));
            }
        }
        return rows;
    }
}
