package dev.resentry.storage.artifact;

import dev.resentry.model.envelope.Payload;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parts of files that are being uploaded, by their SHA-1. A part that nobody has put or asked for in a day is removed. */
public final class UploadChunks {
    private static final String PUT = """
            INSERT INTO upload_chunks (sha1, blob, size, uploaded_at) VALUES (?, ?, ?, now())
            ON CONFLICT (sha1) DO UPDATE SET uploaded_at = excluded.uploaded_at
            """;

    /** Locked in order, so that two who renew the same parts do not wait for each other. */
    private static final String RENEW = """
            WITH known AS (SELECT sha1 FROM upload_chunks WHERE sha1 = ANY (:wanted) ORDER BY sha1 FOR UPDATE)
            UPDATE upload_chunks c SET uploaded_at = now() FROM known WHERE c.sha1 = known.sha1
            RETURNING c.sha1
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final BlobStore blobs;

    public UploadChunks(JdbcTemplate template, BlobStore blobs) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.blobs = blobs;
    }

    /**
     * Keeps a part.
     *
     * @param sha1 of these bytes
     */
    public void put(Sha1 sha1, byte[] content) {
        Blob blob = Blob.of(Payload.of(content));
        blobs.put(List.of(blob));
        template.update(PUT, sha1.toByteArray(), blob.hash().toByteArray(), content.length);
    }

    /** Those of some parts that are not there, in their order. The others stay for another day, so that they can be put together. */
    public List<Sha1> missing(Collection<Sha1> wanted) {
        Set<Sha1> known = new HashSet<>();
        jdbc.sql(RENEW)
                .param("wanted", wanted.stream().map(Sha1::toByteArray).toArray(byte[][]::new))
                .query(row -> {
                    known.add(Sha1.ofDigest(row.getBytes(1)));
                });
        return wanted.stream().distinct().filter(sha1 -> !known.contains(sha1)).toList();
    }

    /** The bytes of a part; empty if it is not there. */
    public Optional<byte[]> get(Sha1 sha1) {
        return jdbc.sql("SELECT blob FROM upload_chunks WHERE sha1 = :sha1")
                .param("sha1", sha1.toByteArray())
                .query((row, _) -> BlobHash.of(row.getBytes(1)))
                .optional()
                .flatMap(blobs::get);
    }
}
