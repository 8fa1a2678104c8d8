package dev.resentry.storage.backup;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.envelope.Payload;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobConfiguration;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobSettings;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bytes of blobs that are in a bucket and not in the database. Each is its length (eight bytes) and its bytes; -1 ends them. They are
 * named by what they hash to.
 */
public final class BucketBlobs implements AutoCloseable {
    private static final long END = -1;
    private static final int MAX_AT_ONCE = 100;
    private static final long MAX_BYTES_AT_ONCE = 8_000_000;
    private static final int MAX_BLOB = 1_000_000_000;

    private final HikariDataSource pool;
    private final BlobStore store;

    public BucketBlobs(DatabaseSettings database, BlobSettings blobs) {
        pool = DatabaseConfiguration.pool(database);
        store = BlobConfiguration.store(blobs, pool);
    }

    /**
     * How many were written.
     *
     * @param gone that were removed since the snapshot, as nothing refers to them any more
     */
    public record Written(long blobs, long gone) {}

    public Written write(DatabaseSnapshot snapshot, OutputStream out) throws IOException {
        var data = new DataOutputStream(out);
        long[] counts = new long[2];
        snapshot.eachBlobInBucket(hash -> {
            Optional<byte[]> content = store.get(BlobHash.of(hash));
            if (content.isEmpty()) {
                counts[1]++;
                return;
            }
            data.writeLong(content.get().length);
            data.write(content.get());
            counts[0]++;
        });
        data.writeLong(END);
        data.flush();
        return new Written(counts[0], counts[1]);
    }

    /** Puts them into the store that this installation has, whichever that is; their rows are there already. Returns how many. */
    public long restore(InputStream in) throws IOException {
        // Their rows say that they are in a bucket, which is another one now.
        JdbcClient.create(pool)
                .sql("UPDATE blobs SET complete = false WHERE content IS NULL AND complete")
                .update();
        var data = new DataInputStream(in);
        List<Blob> some = new ArrayList<>();
        long bytes = 0;
        long restored = 0;
        for (long length = data.readLong(); length != END; length = data.readLong()) {
            if (length < 0 || length > MAX_BLOB) {
                throw new IOException("a blob of %d bytes (expected: at most %d)".formatted(length, MAX_BLOB));
            }
            byte[] content = new byte[(int) length];
            data.readFully(content);
            some.add(Blob.of(Payload.of(content)));
            bytes += length;
            if (some.size() == MAX_AT_ONCE || bytes > MAX_BYTES_AT_ONCE) {
                restored += put(some);
                bytes = 0;
            }
        }
        return restored + put(some);
    }

    private long put(List<Blob> blobs) {
        store.put(blobs);
        long count = blobs.size();
        blobs.clear();
        return count;
    }

    @Override
    public void close() {
        try {
            if (store instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the store of blobs cannot be closed", e);
        } finally {
            pool.close();
        }
    }
}
