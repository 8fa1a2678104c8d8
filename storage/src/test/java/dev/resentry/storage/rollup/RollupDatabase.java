package dev.resentry.storage.rollup;

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
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.event.NewEvent;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.ItemRow;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.span.NewSpan;
import dev.resentry.storage.transaction.NewTransaction;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A database with batches of events and their roll-ups. */
public final class RollupDatabase implements AutoCloseable {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final AtomicLong OFFSET = new AtomicLong();

    public final HikariDataSource pool = DatabaseConfiguration.pool(new DatabaseSettings(
            TestServers.shared().newDatabaseUrl(),
            "",
            1,
            "",
            "",
            "",
            10,
            Duration.ofSeconds(5),
            Environment.DEVELOPMENT));

    public final JdbcClient jdbc = JdbcClient.create(pool);
    public final BatchStore batches = new BatchStore(
            pool,
            new DataSourceTransactionManager(pool),
            IngestStorageConfiguration.steps(new PostgresBlobStore(pool)));
    public final RollupRebuild rebuild = new RollupRebuild(pool, new DataSourceTransactionManager(pool));

    /** What an event of a test says. */
    public record Said(
            long project,
            int kind,
            Instant receivedAt,
            Instant occurredAt,
            @Nullable String environment,
            String level,
            @Nullable String release,
            @Nullable Long user,
            Map<String, String> tags) {}

    public static BatchRecord event(Said said) {
        return event(said, hash("s1", said.kind()), List.of());
    }

    /** A hash that is told from others by a number. */
    public static GroupingHash hash(String strategy, int number) {
        return new GroupingHash(strategy, "%032x".formatted(number));
    }

    /** An event with hashes of its own. */
    public static BatchRecord event(Said said, GroupingHash hash, List<GroupingHash> otherHashes) {
        var event = new NewEvent(
                new EventId(UUID.randomUUID()),
                said.occurredAt(),
                said.level(),
                "java",
                "Title",
                null,
                null,
                said.release(),
                said.environment(),
                new EventAttributes(
                        null, said.user() == null ? null : new UserHash(said.user()), null, null, null, null, null),
                hash,
                otherHashes,
                said.tags(),
                "{}");
        var receipt = new Receipt(
                EnvelopeId.at(said.receivedAt()),
                new ProjectId(said.project()),
                KEY,
                said.receivedAt(),
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
        return new Received(
                new SourceRecord("envelopes", null, 0, OFFSET.getAndIncrement(), List.of(), new byte[1]),
                new IngestedEnvelope(
                        new RawEnvelope(receipt, new byte[1]), event.id(), new Outcome.Stored(), List.of(item)));
    }

    /** What a transaction of a test says. */
    public record SaidTransaction(
            long project,
            String name,
            @Nullable String environment,
            @Nullable String status,
            Instant endedAt,
            double durationMs,
            UUID trace) {

        /** One that succeeded, of a trace of its own. */
        public SaidTransaction(long project, String name, Instant endedAt, double durationMs) {
            this(project, name, "production", "ok", endedAt, durationMs, UUID.randomUUID());
        }
    }

    /** A transaction with its spans, which arrives when it has ended. */
    public static BatchRecord transaction(SaidTransaction said, List<NewSpan> spans) {
        var transaction = new NewTransaction(
                new EventId(UUID.randomUUID()),
                said.name(),
                "http.server",
                said.status(),
                said.trace(),
                "a".repeat(16),
                null,
                said.endedAt().minusNanos(Math.round(said.durationMs() * 1_000) * 1_000),
                said.endedAt(),
                "java",
                "shop@1",
                said.environment(),
                "GET",
                200,
                null,
                null,
                spans.size(),
                "{}",
                "{}",
                "{}");
        List<ItemRow> rows = new ArrayList<>(List.of(transaction));
        spans.forEach(span -> rows.add(new NewSpan(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                transaction.eventId(),
                span.segment(),
                span.op(),
                span.description(),
                span.status(),
                span.origin(),
                span.startedAt(),
                span.endedAt(),
                span.dataJson(),
                span.otherJson())));
        var receipt = new Receipt(
                EnvelopeId.at(said.endedAt()),
                new ProjectId(said.project()),
                KEY,
                said.endedAt(),
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
                ItemHeader.of(ItemType.Known.TRANSACTION), 0, 1, transaction.eventId(), new Outcome.Stored(), rows);
        return new Received(
                new SourceRecord("envelopes", null, 0, OFFSET.getAndIncrement(), List.of(), new byte[1]),
                new IngestedEnvelope(
                        new RawEnvelope(receipt, new byte[1]),
                        transaction.eventId(),
                        new Outcome.Stored(),
                        List.of(item)));
    }

    public void addProject(long id) {
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (:id, 'p' || :id, 'P', 'active', 1, now(), now())
                        """).param("id", id).update();
    }

    /** Every row of every roll-up and what issues say of their events. */
    public Map<String, List<String>> rollups() {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : List.of(
                "issue_hours",
                "issue_users",
                "issue_tags",
                "issue_tag_keys",
                "issue_releases",
                "release_hours",
                "project_minutes",
                "project_hours",
                "(SELECT id, event_count, users_affected, first_seen, last_seen, first_release, first_release_at,"
                        + " last_release, last_release_at FROM issues)")) {
            rows.put(table, texts("SELECT t::text FROM %s AS t ORDER BY 1".formatted(table)));
        }
        return rows;
    }

    public void forgetRollups() {
        jdbc.sql(
                        "TRUNCATE issue_hours, issue_users, issue_tags, issue_tag_keys, issue_releases, release_hours, project_minutes,"
                                + " project_hours")
                .update();
        jdbc.sql("""
                        UPDATE issues SET event_count = 7777, users_affected = 7777, first_seen = now(), last_seen = 'epoch',
                               first_release = 'x', first_release_at = NULL, last_release = NULL, last_release_at = now()
                        """).update();
    }

    public void rebuildAll(Instant from, Instant to) {
        jdbc.sql("SELECT id FROM issues ORDER BY id").query(Long.class).list().forEach(rebuild::rebuildIssue);
        jdbc.sql("SELECT id FROM projects ORDER BY id")
                .query(Long.class)
                .list()
                .forEach(id -> rebuild.rebuildProject(id, from, to));
    }

    public List<String> texts(String query) {
        return jdbc.sql(query).query(String.class).list();
    }

    public long number(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    @Override
    public void close() {
        pool.close();
    }
}
