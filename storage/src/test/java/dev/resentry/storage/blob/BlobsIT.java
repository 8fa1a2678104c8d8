package dev.resentry.storage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.envelope.Payload;
import dev.resentry.storage.blob.BlobSettings.Store;
import dev.resentry.storage.blob.s3.S3BlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What every store of blobs promises, shown of both. */
class BlobsIT {
    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static FakeBucket bucket;
    private static S3BlobStore s3;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                5,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        jdbc.sql("SELECT ensure_day_partitions('2026-11-20')")
                .query((_, _) -> "")
                .list();
        bucket = new FakeBucket();
        s3 = new S3BlobStore(
                pool,
                new BlobSettings(Store.S3, bucket.endpoint(), "eu-central-1", "files", "blobs/", "key", "secret"));
    }

    @AfterAll
    static void stop() {
        s3.close();
        bucket.close();
        pool.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("TRUNCATE blobs, attachments").update();
        bucket.objects.clear();
    }

    private static BlobStore store(Store which) {
        return switch (which) {
            case POSTGRES -> new PostgresBlobStore(pool);
            case S3 -> s3;
        };
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void equalBytesAreKeptOnceAndFoundByTheirHash(Store which) {
        BlobStore store = store(which);
        Blob inTheMiddle = Blob.of(new Payload("a file of bytes".getBytes(UTF_8), 2, 4));
        Blob nothing = Blob.of(Payload.of(new byte[0]));

        store.put(List.of(inTheMiddle, nothing));
        store.put(List.of(Blob.of(Payload.of("file".getBytes(UTF_8)))));

        assertThat(store.get(inTheMiddle.hash())).hasValue("file".getBytes(UTF_8));
        assertThat(store.get(nothing.hash())).hasValue(new byte[0]);
        assertThat(store.get(blob("unknown").hash())).isEmpty();
        assertThat(count()).isEqualTo(2);
        assertThat(jdbc.sql("SELECT encode(hash, 'hex') FROM blobs WHERE size = 4")
                        .query(String.class)
                        .single())
                .isEqualTo("3b9c358f36f0a31b6ad3e14f309c7cf198ac9246e8316f9ce543d5b19ac02b80");
        assertThat(bucket.objects).hasSize(which == Store.S3 ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void aSweepRemovesWhatNothingRefersToAnyMoreAndNotWhatWasJustPut(Store which) {
        BlobStore store = store(which);
        Blob referred = blob("referred");
        Blob orphan = blob("orphan");
        Blob wantedAgain = blob("wanted again");
        store.put(List.of(referred, orphan, wantedAgain));
        refer(referred);
        jdbc.sql("UPDATE blobs SET touched_at = now() - interval '2 days'").update();
        Blob fresh = blob("fresh");
        store.put(List.of(wantedAgain, fresh));
        var sweep = new BlobSweep(pool, new DataSourceTransactionManager(pool), store);

        BlobSweep.Step step = sweep.step();

        assertThat(step.removed()).isEqualTo(1);
        assertThat(step.bytes()).isEqualTo("orphan".length());
        assertThat(step.next()).isEmpty();
        assertThat(store.get(orphan.hash())).isEmpty();
        for (Blob kept : List.of(referred, wantedAgain, fresh)) {
            assertThat(store.get(kept.hash())).hasValue(kept.content().toByteArray());
        }
        assertThat(bucket.objects).hasSize(which == Store.S3 ? 3 : 0);

        jdbc.sql("TRUNCATE attachments").update();
        assertThat(sweep.step().removed()).as("with its last reference").isEqualTo(1);
        assertThat(store.get(referred.hash())).isEmpty();
    }

    @Test
    void aBlobWhoseUploadFailedIsUploadedTheNextTimeAndKnownToTheSweep() {
        Blob blob = blob("late");
        bucket.away = true;
        assertThatThrownBy(() -> s3.put(List.of(blob)))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("bucket 'files'");
        assertThat(count()).isEqualTo(1);

        bucket.away = false;
        s3.put(List.of(blob));

        assertThat(s3.get(blob.hash())).hasValue("late".getBytes(UTF_8));
        assertThat(bucket.objects).containsKey("/files/blobs/" + blob.hash());
    }

    @Test
    void aSweepThatCannotReachTheBucketLosesNothing() {
        Blob blob = blob("unreachable");
        s3.put(List.of(blob));
        jdbc.sql("UPDATE blobs SET touched_at = now() - interval '2 days'").update();
        var sweep = new BlobSweep(pool, new DataSourceTransactionManager(pool), s3);
        bucket.away = true;
        assertThatThrownBy(sweep::step).isInstanceOf(DataAccessException.class);
        bucket.away = false;
        bucket.objects.clear(); // as if the bucket had removed it and the answer were lost

        s3.put(List.of(blob));

        assertThat(s3.get(blob.hash())).as("put anew").hasValue("unreachable".getBytes(UTF_8));
        assertThat(sweep.step().removed()).isZero();
    }

    @Test
    void theBucketReadsWhatWasInPostgresBefore() {
        Blob blob = blob("earlier");
        new PostgresBlobStore(pool).put(List.of(blob));

        assertThat(s3.get(blob.hash())).hasValue("earlier".getBytes(UTF_8));
    }

    private static Blob blob(String content) {
        return Blob.of(Payload.of(content.getBytes(UTF_8)));
    }

    private static long count() {
        return jdbc.sql("SELECT count(*) FROM blobs").query(Long.class).single();
    }

    private static void refer(Blob blob) {
        jdbc.sql("""
                        INSERT INTO attachments (received_at, envelope_id, position, project_id, name, content_type, attachment_type,
                                                 size, blob)
                        VALUES ('2026-11-20 12:00Z', :envelope, 0, 1, 'a.txt', 'text/plain', 'event.attachment', 1, :blob)
                        """)
                .params(Map.of(
                        "envelope", UUID.randomUUID(), "blob", blob.hash().toByteArray()))
                .update();
    }
}
