package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.retention.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A batch while its steps run: what is left of it to be stored, what was taken out and why, and what earlier steps found.
 * Belongs to one transaction and one thread.
 */
public final class BatchContext {
    private final Connection connection;
    private final Instant at;
    private final Cause cause;
    private final @Nullable Retry retry;
    private final Retention retention;
    private final Map<String, TableChange> changes = new TreeMap<>();
    private final Set<UUID> changedEnvelopes = new HashSet<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Map<Exclusion, List<Received>> excluded = new EnumMap<>(Exclusion.class);
    // By identity: two equal items of one batch are one new item and one duplicate.
    private final Set<IngestedItem> duplicates = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ItemRow> leftOut = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Class<?>, Object> findings = new HashMap<>();
    private List<Received> remaining = new ArrayList<>();

    /** The context of a batch that retries nothing. */
    public BatchContext(
            Connection connection, Instant at, Cause cause, Retention retention, List<BatchRecord> records) {
        this(connection, at, cause, null, retention, records);
    }

    BatchContext(
            Connection connection,
            Instant at,
            Cause cause,
            @Nullable Retry retry,
            Retention retention,
            List<BatchRecord> records) {
        this.connection = connection;
        this.at = at;
        this.cause = cause;
        this.retry = retry;
        this.retention = retention;
        for (BatchRecord record : records) {
            switch (record) {
                case Received received -> remaining.add(received);
                case Unreadable one -> unreadable.add(one);
            }
        }
    }

    /** Why an envelope is not to be stored. */
    public enum Exclusion {
        /** Its project is deleted. */
        PROJECT_DELETED,
        /** Nobody knows its project. */
        UNKNOWN_PROJECT,
        /** It arrived longer ago than anything of it is kept. */
        EXPIRED,
        /** It holds data of a person whose data was deleted after it had arrived. */
        PERSON_DELETED,
        /** It is there already, with all that belongs to it. */
        ALREADY_STORED,
        /** Of a replay: its row is not there; it has expired, was deleted, or was never stored. */
        NOT_STORED,
        /** Of a replay: nothing was made of it, so that it is a dead letter or was dropped by a rule. */
        NOTHING_MADE,
        /** Of a replay: something was made of it, and now nothing can be; what was made stays. */
        NOT_UNDERSTOOD;

        /** The word in results of replays. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private RecordFate fateOf(Received record) {
            return switch (this) {
                case ALREADY_STORED -> new RecordFate(record, EnvelopeFate.DUPLICATE, null);
                case PROJECT_DELETED -> fateOf(record, DropReason.PROJECT_DELETED, "the project is deleted");
                case UNKNOWN_PROJECT -> fateOf(record, DropReason.UNKNOWN_PROJECT, "there is no such project");
                case NOT_STORED, NOTHING_MADE, NOT_UNDERSTOOD ->
                    throw new IllegalStateException("a replay gives no fates: " + record.source());
                case EXPIRED -> fateOf(record, DropReason.EXPIRED, "it arrived longer ago than anything is kept");
                case PERSON_DELETED ->
                    fateOf(record, DropReason.PERSON_DELETED, "the data of its person was deleted after it arrived");
            };
        }

        private static RecordFate fateOf(Received record, DropReason reason, String cause) {
            var why = new Outcome.Dropped(reason, cause);
            return new RecordFate(record, EnvelopeFate.of(why), why);
        }
    }

    /** The connection with the transaction of the batch. A step neither commits nor closes it. */
    public Connection connection() {
        return connection;
    }

    /** When the batch is stored. */
    public Instant at() {
        return at;
    }

    /** Why the batch is stored: because it came just now, or because it is replayed. */
    public Cause cause() {
        return cause;
    }

    /** Why an envelope of the batch is stored: what an import brought over did not happen just now. */
    public Cause causeOf(Receipt receipt) {
        return cause == Cause.LIVE && receipt.endpoint() == Endpoint.IMPORT ? Cause.IMPORT : cause;
    }

    /** The dead letter that the only record of the batch is; null if it is a batch of the topic. */
    public @Nullable Retry retry() {
        return retry;
    }

    /** How long what the batch writes is kept. */
    public Retention retention() {
        return retention;
    }

    /** The envelopes that no step took out, in the order of the batch. After {@link LockOrder#ENVELOPES} they are those that are new. */
    public List<Received> remaining() {
        return Collections.unmodifiableList(remaining);
    }

    /** Takes out the envelopes that do not fulfil a condition, which is asked once for each in the order of the batch. */
    public void retain(Predicate<Received> condition, Exclusion otherwise) {
        List<Received> kept = new ArrayList<>();
        for (Received record : remaining) {
            if (condition.test(record)) {
                kept.add(record);
            } else {
                excluded.computeIfAbsent(otherwise, _ -> new ArrayList<>()).add(record);
            }
        }
        remaining = kept;
    }

    /** Puts something else in the place of each envelope that is left, or the same. */
    public void replaceAll(UnaryOperator<Received> replacement) {
        remaining = new ArrayList<>(remaining.stream().map(replacement).toList());
    }

    /** What becomes of every record of the batch, as far as the steps that ran so far know it. */
    public List<RecordFate> fates() {
        List<RecordFate> fates = new ArrayList<>();
        unreadable.forEach(record -> fates.add(new RecordFate(record, EnvelopeFate.of(record.why()), record.why())));
        excluded.forEach((why, records) -> records.forEach(record -> fates.add(why.fateOf(record))));
        for (Received record : remaining) {
            fates.add(
                    record.envelope().outcome() instanceof Outcome.Dropped why
                            ? new RecordFate(record, EnvelopeFate.of(why), why)
                            : new RecordFate(record, EnvelopeFate.STORED, null));
        }
        return fates;
    }

    private boolean covers(int position) {
        return retry == null || retry.covers(position);
    }

    /** The items of the remaining envelopes; of a retried item, only that. */
    public List<BatchItem> items() {
        List<BatchItem> items = new ArrayList<>();
        for (Received record : remaining) {
            int position = 0;
            for (IngestedItem item : record.envelope().items()) {
                Outcome outcome = duplicates.contains(item) ? new Outcome.Duplicate() : item.outcome();
                if (covers(position)) {
                    items.add(new BatchItem(record.envelope().raw().receipt(), position, item, outcome));
                }
                position++;
            }
        }
        return items;
    }

    /** The rows of a type that items of the remaining envelopes bring; not those of duplicates. */
    public <R extends ItemRow> List<BatchRow<R>> rows(Class<R> type) {
        List<BatchRow<R>> rows = new ArrayList<>();
        for (Received record : remaining) {
            int position = 0;
            for (IngestedItem item : record.envelope().items()) {
                if (covers(position) && !duplicates.contains(item)) {
                    for (R row : item.rows(type)) {
                        if (!leftOut.contains(row)) {
                            rows.add(new BatchRow<>(record.envelope().raw().receipt(), item, row));
                        }
                    }
                }
                position++;
            }
        }
        return rows;
    }

    /**
     * Writes all rows that the remaining envelopes have in a table: a live batch inserts them, a replayed one makes the rows that
     * are there those that are given.
     */
    public <R> void write(DerivedTable<R> table, List<R> rows) throws SQLException {
        if (cause == Cause.LIVE) {
            table.insert(connection, rows);
            return;
        }
        TableRewrite rewrite = table.rewrite(connection, receipts(), rows);
        noteChange(rewrite.change());
        changedEnvelopes.addAll(rewrite.envelopes());
    }

    /** The receipts of the remaining envelopes. */
    public List<Receipt> receipts() {
        return remaining.stream()
                .map(record -> record.envelope().raw().receipt())
                .toList();
    }

    /** Notes what a replay changed in a table. */
    public void noteChange(TableChange change) {
        changes.merge(change.table(), change, TableChange::plus);
    }

    /** What a replay changed, by table. */
    public List<TableChange> changes() {
        return List.copyOf(changes.values());
    }

    /** Whether a replay changed rows of an envelope, so far as the steps that ran say. */
    public boolean isChanged(EnvelopeId id) {
        return changedEnvelopes.contains(id.value());
    }

    /** How many envelopes were taken out, and why. */
    public Map<Exclusion, Integer> exclusions() {
        Map<Exclusion, Integer> counts = new EnumMap<>(Exclusion.class);
        excluded.forEach((why, records) -> counts.put(why, records.size()));
        return counts;
    }

    /** How many records of the batch hold no envelope. */
    public int unreadable() {
        return unreadable.size();
    }

    /** Leaves a row out from now on; its item keeps its outcome. */
    public void leaveOut(BatchRow<?> row) {
        leftOut.add(row.row());
    }

    /** Finds that the item of a row was stored before: its outcome is that of a duplicate, and its rows are left out from now on. */
    public void markDuplicate(BatchRow<?> row) {
        duplicates.add(row.item());
    }

    /** How many items are duplicates. */
    int duplicateItems() {
        return duplicates.size();
    }

    /** Leaves what a step found for the steps behind it; one finding of each type. */
    public <T> void put(Class<T> type, T finding) {
        findings.put(type, finding);
    }

    /**
     * What a step in front found.
     *
     * @throws IllegalStateException if none found anything of the type: the step that does is missing or has a later order
     */
    public <T> T get(Class<T> type) {
        Object finding = findings.get(type);
        if (finding == null) {
            throw new IllegalStateException("no step in front found: " + type.getName());
        }
        return type.cast(finding);
    }
}
