package dev.resentry.storage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.envelope.Payload;
import dev.resentry.storage.backup.BucketBlobs;
import dev.resentry.storage.backup.DatabaseSnapshot;
import dev.resentry.storage.blob.BlobSettings.Store;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is in a bucket is in a backup, and comes into whichever store the installation has that it is restored into. */
class BucketBackupIT {
    private static final Blob ONE = Blob.of(Payload.of("one".getBytes(UTF_8)));
    private static final Blob GONE = Blob.of(Payload.of("gone".getBytes(UTF_8)));

    private final DatabaseSettings database = new DatabaseSettings(
            TestServers.shared().newDatabaseUrl(),
            "",
            1,
            "",
            "",
            "",
            4,
            Duration.ofSeconds(5),
            Environment.DEVELOPMENT);

    @Test
    void theBytesOfABucketAreBroughtIntoAnotherBucketOrTheDatabase() throws IOException {
        try (var bucket = new FakeBucket();
                var other = new FakeBucket();
                HikariDataSource pool = DatabaseConfiguration.pool(database)) {
            new SchemaMigration(pool).migrate();
            BlobConfiguration.store(in(bucket), pool).put(List.of(ONE, GONE));
            bucket.objects.keySet().removeIf(name -> name.endsWith(GONE.hash().hex()));

            byte[] saved = save(in(bucket));
            // Rows of a restore say that their bytes are in a bucket.
            restore(in(other), saved);

            assertThat(other.objects.values()).containsExactly("one".getBytes(UTF_8));
            JdbcClient jdbc = JdbcClient.create(pool);
            assertThat(jdbc.sql("SELECT count(*) FROM blobs WHERE complete AND content IS NULL")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);

            restore(new BlobSettings(Store.POSTGRES, "", "none", "", "", "", ""), saved);

            assertThat(new PostgresBlobStore(pool).get(ONE.hash())).contains("one".getBytes(UTF_8));
            assertThat(new PostgresBlobStore(pool).get(GONE.hash())).isEmpty();
        }
    }

    private byte[] save(BlobSettings settings) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var snapshot = DatabaseSnapshot.take(database.address());
                var blobs = new BucketBlobs(database, settings)) {
            assertThat(snapshot.hasBlobsInBucket()).isTrue();
            assertThat(blobs.write(snapshot, out)).isEqualTo(new BucketBlobs.Written(1, 1));
        }
        return out.toByteArray();
    }

    private void restore(BlobSettings settings, byte[] saved) throws IOException {
        try (var blobs = new BucketBlobs(database, settings)) {
            assertThat(blobs.restore(new ByteArrayInputStream(saved))).isEqualTo(1);
        }
    }

    private static BlobSettings in(FakeBucket bucket) {
        return new BlobSettings(Store.S3, bucket.endpoint(), "eu-central-1", "files", "blobs/", "key", "secret");
    }
}
