package dev.resentry.storage.blob;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the bytes of blobs beside their rows. */
public final class PostgresBlobStore implements BlobStore {
    /** A blob that was touched a while ago is touched again; not each time, as one icon may come with every event. */
    private static final String PUT = """
            INSERT INTO blobs (hash, size, touched_at, complete, content) VALUES (?, ?, now(), true, ?)
            ON CONFLICT (hash) DO UPDATE
            SET touched_at = excluded.touched_at, complete = true, content = coalesce(blobs.content, excluded.content)
            WHERE NOT blobs.complete OR blobs.content IS NULL OR blobs.touched_at < excluded.touched_at - interval '1 hour'
            """;

    private final JdbcTemplate jdbc;

    public PostgresBlobStore(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public void put(Collection<Blob> blobs) {
        // In the order of their hashes, so that two processes with the same blobs wait for each other and never
        // deadlock. As
        // streams: an array of all would be one more copy of every byte.
        List<Blob> sorted =
                blobs.stream().sorted(Comparator.comparing(Blob::hash)).toList();
        jdbc.batchUpdate(PUT, sorted, Math.max(1, sorted.size()), (insert, blob) -> {
            insert.setBytes(1, blob.hash().toByteArray());
            insert.setLong(2, blob.content().length());
            insert.setBinaryStream(
                    3, blob.content().inputStream(), blob.content().length());
        });
    }

    @Override
    public Optional<byte[]> get(BlobHash hash) {
        return jdbc
                .query(
                        "SELECT content FROM blobs WHERE hash = ? AND content IS NOT NULL",
                        (row, _) -> row.getBytes(1),
                        hash.toByteArray())
                .stream()
                .findFirst();
    }

    /** They go with their rows. */
    @Override
    public void removeContents(List<BlobHash> hashes) {}
}
