package dev.resentry.storage.blob.s3;

import dev.resentry.model.envelope.Payload;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobSettings;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.blob.PostgresBlobStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Keeps the bytes of blobs in a bucket, under their hashes. Each has a row, which is complete once its bytes are in the bucket:
 * what a process leaves behind that died in between has a row too, and is found by the sweep. Reads what was stored in
 * PostgreSQL before.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {
    /** The blob without bytes is all in its row: the JDK's client waits in vain for the answer to a body that is none. */
    private static final String CLAIM = """
            INSERT INTO blobs (hash, size, touched_at, complete, content)
            SELECT decode(hash, 'hex'), size, now(), size = 0, CASE WHEN size = 0 THEN ''::bytea END
            FROM unnest(:hashes, :sizes) AS new(hash, size) ORDER BY hash
            ON CONFLICT (hash) DO UPDATE
            SET touched_at = excluded.touched_at, complete = blobs.complete OR blobs.content IS NOT NULL
            RETURNING encode(hash, 'hex'), complete
            """;

    private static final String COMPLETE = """
            UPDATE blobs SET complete = true WHERE hash IN (SELECT decode(hash, 'hex') FROM unnest(:hashes) AS done(hash))
            """;

    private final JdbcClient jdbc;
    private final PostgresBlobStore stored;
    private final S3Client client;
    private final String bucket;
    private final String prefix;

    public S3BlobStore(DataSource dataSource, BlobSettings settings) {
        this.jdbc = JdbcClient.create(dataSource);
        this.stored = new PostgresBlobStore(dataSource);
        this.client = S3Clients.of(settings);
        this.bucket = settings.bucket();
        this.prefix = settings.prefix();
    }

    @Override
    public void put(Collection<Blob> blobs) {
        if (blobs.isEmpty()) {
            return;
        }
        List<Blob> sorted =
                blobs.stream().sorted(Comparator.comparing(Blob::hash)).toList();
        Set<String> incomplete = claim(sorted);
        List<Blob> missing = sorted.stream()
                .filter(blob -> incomplete.contains(blob.hash().hex()))
                .toList();
        missing.forEach(this::upload);
        if (!missing.isEmpty()) {
            jdbc.sql(COMPLETE)
                    .param(
                            "hashes",
                            missing.stream().map(blob -> blob.hash().hex()).toArray(String[]::new))
                    .update();
        }
    }

    @Override
    public Optional<byte[]> get(BlobHash hash) {
        Optional<byte[]> inDatabase = stored.get(hash);
        return inDatabase.isPresent() ? inDatabase : asked("get", hash, () -> download(hash));
    }

    @Override
    public void removeContents(List<BlobHash> hashes) {
        for (BlobHash hash : hashes) {
            asked(
                    "delete",
                    hash,
                    () -> client.deleteObject(request -> request.bucket(bucket).key(key(hash))));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private Set<String> claim(List<Blob> blobs) {
        record Claimed(String hash, boolean complete) {}
        Set<String> incomplete = new HashSet<>();
        jdbc
                .sql(CLAIM)
                .param("hashes", blobs.stream().map(blob -> blob.hash().hex()).toArray(String[]::new))
                .param(
                        "sizes",
                        blobs.stream()
                                .map(blob -> (long) blob.content().length())
                                .toArray(Long[]::new))
                .query((row, _) -> new Claimed(row.getString(1), row.getBoolean(2)))
                .list()
                .stream()
                .filter(claimed -> !claimed.complete())
                .forEach(claimed -> incomplete.add(claimed.hash()));
        return incomplete;
    }

    private void upload(Blob blob) {
        Payload content = blob.content();
        asked(
                "put",
                blob.hash(),
                () -> client.putObject(
                        request -> request.bucket(bucket).key(key(blob.hash())),
                        RequestBody.fromContentProvider(
                                content::inputStream, content.length(), "application/octet-stream")));
    }

    private Optional<byte[]> download(BlobHash hash) {
        try {
            return Optional.of(
                    client.getObjectAsBytes(request -> request.bucket(bucket).key(key(hash)))
                            .asByteArrayUnsafe());
        } catch (NoSuchKeyException _) {
            return Optional.empty();
        }
    }

    private String key(BlobHash hash) {
        return prefix + hash.hex();
    }

    /** A bucket that is away is an outage like that of the database: a batch is tried again until it is back. */
    private <T> T asked(String verb, BlobHash hash, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new DataAccessResourceFailureException(
                    "%s of blob %s in bucket '%s': %s".formatted(verb, hash, bucket, e.getMessage()), e);
        }
    }
}
