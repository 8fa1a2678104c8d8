package dev.resentry.benchmarks.query;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventAttributes;
import dev.resentry.model.event.EventId;
import dev.resentry.model.event.UserHash;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Stores events at a rate, as processors do and by their code, into issues that are there, those with many events most. */
final class StoredEvents implements AutoCloseable {
    private static final int BATCHES_PER_SECOND = 5;
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final String PAYLOAD = "{\"extra\":{\"text\":\"%s\"}}".formatted("x".repeat(1_000));

    private final HikariDataSource pool;
    private final BatchStore store;
    private final List<Issue> issues;
    private final Random random = new Random(1);
    private final Thread thread;
    private volatile boolean stopped;
    private final AtomicLong stored = new AtomicLong();
    private long offset;

    private record Issue(long id, long project, String hash) {}

    private StoredEvents(HikariDataSource pool, List<Issue> issues, int perSecond) {
        this.pool = pool;
        this.issues = issues;
        this.store = new BatchStore(
                pool,
                new DataSourceTransactionManager(pool),
                IngestStorageConfiguration.steps(new PostgresBlobStore(pool)));
        this.thread = Thread.ofPlatform().name("stored-events").start(() -> run(perSecond));
    }

    static StoredEvents start(DatabaseSettings database, int perSecond) throws SQLException {
        HikariDataSource pool = DatabaseConfiguration.pool(database);
        List<Issue> issues = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("""
                    SELECT i.id, i.project_id, encode(h.hash, 'hex') FROM issues i JOIN issue_hashes h ON h.issue_id = i.id
                    WHERE h.strategy = 'benchmark' ORDER BY i.event_count DESC, i.id
                    """)) {
            while (row.next()) {
                issues.add(new Issue(row.getLong(1), row.getLong(2), row.getString(3)));
            }
        }
        return new StoredEvents(pool, issues, perSecond);
    }

    /** How many are stored so far. */
    long stored() {
        return stored.get();
    }

    private void run(int perSecond) {
        long start = System.nanoTime();
        for (long batch = 0; !stopped; batch++) {
            List<BatchRecord> records = new ArrayList<>();
            for (int i = 0; i < Math.max(1, perSecond / BATCHES_PER_SECOND); i++) {
                records.add(event());
            }
            store.store(records);
            stored.addAndGet(records.size());
            long due = start + (batch + 1) * 1_000_000_000 / BATCHES_PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private BatchRecord event() {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Issue issue =
                issues.get((int) Math.min(issues.size() - 1, Math.exp(random.nextDouble() * Math.log(issues.size()))));
        var event = new NewEvent(
                new EventId(UUID.randomUUID()),
                at,
                "error",
                "java",
                "Stored beside the readers",
                null,
                null,
                "project-%d@1.29.0".formatted(issue.project()),
                "production",
                new EventAttributes(
                        null, new UserHash(random.nextLong(500_000)), UUID.randomUUID(), true, null, null, "TypeError"),
                new GroupingHash("benchmark", issue.hash()),
                List.of(),
                Map.of(
                        "browser",
                        "Chrome",
                        "customer",
                        "customer-" + random.nextInt(5_000),
                        "request_id",
                        UUID.randomUUID().toString()),
                PAYLOAD);
        var receipt = new Receipt(
                EnvelopeId.at(at),
                new ProjectId(issue.project()),
                KEY,
                at,
                Endpoint.ENVELOPE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        var item = new IngestedItem(
                ItemHeader.of(ItemType.Known.EVENT), 0, 1, event.id(), new Outcome.Stored(), List.of(event));
        return new BatchRecord.Received(
                new SourceRecord("envelopes", null, 0, offset++, List.of(), new byte[1]),
                new IngestedEnvelope(
                        new RawEnvelope(receipt, new byte[1_000]), event.id(), new Outcome.Stored(), List.of(item)));
    }

    @Override
    public void close() {
        stopped = true;
        try {
            if (!thread.join(Duration.ofSeconds(30))) {
                System.out.println("a batch is still being stored");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }
}
