package dev.resentry.storage.monitor;

import dev.resentry.model.cron.CheckInStatus;
import dev.resentry.model.cron.CronSchedule;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.replay.ReplayStore;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.RollupDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A database with batches of check-ins. */
final class MonitorDatabase implements AutoCloseable {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final AtomicLong OFFSET = new AtomicLong();

    final RollupDatabase database = new RollupDatabase();
    final MonitorSweep sweep;
    final MonitorIncidents incidents;
    final MonitorStore store;
    final ReplayStore replays;

    MonitorDatabase() {
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        database.addProject(2);
        var transactions = new DataSourceTransactionManager(database.pool);
        sweep = new MonitorSweep(database.pool, transactions);
        incidents = new MonitorIncidents(database.pool, transactions);
        store = new MonitorStore(database.jdbc);
        replays = new ReplayStore(
                database.pool,
                transactions,
                IngestStorageConfiguration.replaySteps(new PostgresBlobStore(database.pool)),
                Retention.unlimited());
        database.jdbc.sql("""
                        INSERT INTO project_keys (project_id, public_key, label, active, created_at)
                        VALUES (1, 'e12d836b15bb49d7bbf99e64295d995b', 'default', true, now())
                        """).update();
    }

    void empty() {
        database.jdbc
                .sql("TRUNCATE envelopes, envelope_items, monitors, monitor_environments, check_ins, leases")
                .update();
        database.jdbc.sql("UPDATE projects SET status = 'active'").update();
    }

    void store(BatchRecord... records) {
        database.batches.store(List.of(records));
    }

    static MonitorSettings hourly(String slug) {
        return settings(slug, "0 * * * *", "UTC", 1, 1);
    }

    static MonitorSettings settings(String slug, String crontab, String zone, int failures, int recoveries) {
        return new MonitorSettings(
                slug,
                slug,
                MonitorStatus.ACTIVE,
                CronSchedule.of("crontab", crontab),
                ZoneId.of(zone),
                5,
                30,
                failures,
                recoveries,
                null);
    }

    long add(MonitorSettings settings, Instant at) {
        return ((MonitorStore.Added.As) store.add(1, settings, at)).id();
    }

    /** A check-in that names its run. */
    static BatchRecord checkIn(String slug, @Nullable UUID id, CheckInStatus status, Instant at) {
        return record(1, new NewCheckIn(slug, "production", id, status, null, null, null, null, null), at);
    }

    static BatchRecord checkIn(String slug, CheckInStatus status, Instant at) {
        return checkIn(slug, UUID.randomUUID(), status, at);
    }

    static BatchRecord record(long project, NewCheckIn checkIn, Instant at) {
        var receipt = new Receipt(
                EnvelopeId.at(at),
                new ProjectId(project),
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
                ItemHeader.of(ItemType.Known.CHECK_IN), 0, 1, null, new Outcome.Stored(), List.of(checkIn));
        return new Received(
                new SourceRecord("envelopes", null, 0, OFFSET.getAndIncrement(), List.of(), new byte[1]),
                new IngestedEnvelope(new RawEnvelope(receipt, new byte[1]), null, new Outcome.Stored(), List.of(item)));
    }

    /** Check-ins as {@code status at}, in the order of their time. */
    List<String> checkIns() {
        return database.texts("""
                SELECT status || ' ' || to_char(at AT TIME ZONE 'UTC', 'HH24:MI') FROM check_ins ORDER BY at, status
                """);
    }

    /** The one environment, as {@code status next failures}, and whether it is failing. */
    String state() {
        return database.jdbc.sql("""
                        SELECT concat_ws(' ', status, to_char(next_at AT TIME ZONE 'UTC', 'HH24:MI'), failures,
                                         CASE WHEN incident_event_id IS NOT NULL AND incident_over_at IS NULL THEN 'failing' END)
                        FROM monitor_environments
                        """).query(String.class).single();
    }

    @Override
    public void close() {
        database.close();
    }
}
