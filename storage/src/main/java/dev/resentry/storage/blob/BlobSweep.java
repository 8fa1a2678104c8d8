package dev.resentry.storage.blob;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the blobs that nothing refers to: the last attachment or artifact is gone, or what brought
 * them failed. Walks through all blobs in bounded steps; any number of processes may do so at once.
 */
public final class BlobSweep {
    /** How long a blob stays that was put and that nothing refers to; far above what a batch takes from there to its commit. */
    public static final Duration UNTOUCHED_FOR = Duration.ofDays(1);

    private static final int BLOBS = 1_000;

    private static final BlobHash BEFORE_ALL = new BlobHash("");

    /**
     * Marks before anything is removed. Whoever wants a marked blob puts its bytes again, so they are there whether or not a
     * sweep that has removed them gets to its commit.
     */
    private static final String MARK = """
            WITH seen AS (SELECT hash FROM blobs WHERE hash > :after ORDER BY hash LIMIT :limit),
                 marked AS (
                     UPDATE blobs b SET complete = false
                     FROM seen
                     WHERE b.hash = seen.hash AND b.touched_at < now() - :untouched * interval '1 second'
                       AND NOT EXISTS (SELECT FROM attachments a WHERE a.blob = b.hash)
                       AND NOT EXISTS (SELECT FROM artifact_files f WHERE f.blob = b.hash)
                       AND NOT EXISTS (SELECT FROM upload_chunks c WHERE c.blob = b.hash)
                     RETURNING b.hash)
            SELECT seen.hash, marked.hash IS NOT NULL FROM seen LEFT JOIN marked USING (hash) ORDER BY seen.hash
            """;

    private static final String REMOVE = """
            DELETE FROM blobs
            WHERE hash = :hash AND NOT complete AND touched_at < now() - :untouched * interval '1 second'
            RETURNING size
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BlobStore store;

    public BlobSweep(DataSource dataSource, PlatformTransactionManager transactions, BlobStore store) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.store = store;
    }

    /**
     * What a step did.
     *
     * @param bytes of the blobs that were removed
     * @param next behind which blob the next step goes on; empty if there are no more
     */
    public record Step(int removed, long bytes, Optional<BlobHash> next) {}

    /** Looks at the first blobs. */
    public Step step() {
        return step(BEFORE_ALL);
    }

    /**
     * Looks at some blobs, and removes those of them that nothing refers to.
     *
     * @param after the hash in front of the first
     * @throws org.springframework.dao.DataAccessException if the database or the bucket is away; a later step does the rest
     */
    public Step step(BlobHash after) {
        record Seen(BlobHash hash, boolean marked) {}
        List<Seen> seen = jdbc.sql(MARK)
                .param("after", after.toByteArray())
                .param("limit", BLOBS)
                .param("untouched", UNTOUCHED_FOR.toSeconds())
                .query((row, _) -> new Seen(BlobHash.of(row.getBytes(1)), row.getBoolean(2)))
                .list();
        int removed = 0;
        long bytes = 0;
        for (Seen blob : seen) {
            Optional<Long> size = blob.marked() ? remove(blob.hash()) : Optional.empty();
            if (size.isPresent()) {
                removed++;
                bytes += size.get();
            }
        }
        return new Step(
                removed,
                bytes,
                seen.size() < BLOBS
                        ? Optional.empty()
                        : Optional.of(seen.getLast().hash()));
    }

    /** Removes the bytes while the row is locked: who puts the blob meanwhile waits, and then puts it anew. */
    private Optional<Long> remove(BlobHash hash) {
        return transaction.execute(_ -> {
            Optional<Long> size = jdbc.sql(REMOVE)
                    .param("hash", hash.toByteArray())
                    .param("untouched", UNTOUCHED_FOR.toSeconds())
                    .query(Long.class)
                    .optional();
            size.ifPresent(_ -> store.removeContents(List.of(hash)));
            return size;
        });
    }
}
