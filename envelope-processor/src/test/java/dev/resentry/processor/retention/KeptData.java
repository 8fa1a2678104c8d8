package dev.resentry.processor.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.processor.item.EnvelopePipeline;
import dev.resentry.processor.item.attachment.AttachmentHandler;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.processor.item.feedback.FeedbackHandler;
import dev.resentry.processor.item.log.LogHandler;
import dev.resentry.processor.item.transaction.TransactionHandler;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchResult;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerBalance;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.retention.Retention;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A database with project 1, to which envelopes are stored as a processor does that takes them from one partition. */
final class KeptData implements AutoCloseable {
    private static final UUID TOPIC_ID = UUID.fromString("0198f3a0-1111-7000-8000-000000000002");

    final HikariDataSource pool = DatabaseConfiguration.pool(new DatabaseSettings(
            TestServers.shared().newDatabaseUrl(),
            "",
            1,
            "",
            "",
            "",
            5,
            Duration.ofSeconds(5),
            Environment.DEVELOPMENT));

    final JdbcClient jdbc = JdbcClient.create(pool);
    final DataSourceTransactionManager transactions = new DataSourceTransactionManager(pool);
    private final PostgresBlobStore blobs = new PostgresBlobStore(pool);
    private final EnvelopePipeline pipeline = new EnvelopePipeline(
            new BoundedDecoder(10_000_000),
            new EnvelopeReader(EnvelopeLimits.DEFAULT),
            List.of(
                    new EventHandler(1_000_000, 10),
                    new AttachmentHandler(),
                    new LogHandler(),
                    new TransactionHandler(1_000_000),
                    new FeedbackHandler(1_000_000)));
    private long nextOffset;

    KeptData() {
        new SchemaMigration(pool).migrate();
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now())
                        """).update();
    }

    /** An envelope on the topic. */
    record Sent(EnvelopeId id, Instant at, String body, long offset) {}

    Sent sent(Instant at, String body) {
        Instant exact = at.truncatedTo(ChronoUnit.MICROS);
        return new Sent(EnvelopeId.at(exact), exact, body, nextOffset++);
    }

    /** The same envelope once more, as a gateway puts it on the topic that does not know whether it has. */
    Sent again(Sent sent) {
        return new Sent(sent.id(), sent.at(), sent.body(), nextOffset++);
    }

    BatchResult store(Retention retention, List<Sent> envelopes) {
        return new BatchStore(pool, transactions, IngestStorageConfiguration.steps(blobs), retention)
                .store(envelopes.stream().map(this::record).toList());
    }

    private BatchRecord record(Sent sent) {
        var receipt = new Receipt(
                sent.id(),
                new ProjectId(1),
                new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                sent.at(),
                Endpoint.ENVELOPE,
                null,
                null,
                null,
                "test",
                null,
                null,
                null,
                null,
                null,
                Set.of());
        byte[] body = sent.body().getBytes(UTF_8);
        return new BatchRecord.Received(
                new SourceRecord("envelopes", TOPIC_ID, 0, sent.offset(), List.of(), body),
                pipeline.process(new RawEnvelope(receipt, body)));
    }

    ExpiryRun expiry(Retention retention) {
        return new ExpiryRun(pool, transactions, new BlobSweep(pool, transactions, blobs), retention);
    }

    /** The books, with what the broker would say. */
    LedgerBalance balance() {
        return new LedgerQueries(jdbc)
                .balance(
                        null,
                        null,
                        Instant.now(),
                        new BrokerOffsets(TOPIC_ID, Map.of(0, nextOffset), Map.of(0, nextOffset)));
    }

    long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    @Override
    public void close() {
        pool.close();
    }
}
