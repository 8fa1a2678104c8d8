package dev.resentry.storage.artifact;

import dev.resentry.storage.blob.BlobHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Rows of {@code artifact_files}. */
final class ArtifactRows {
    /** Of {@code artifact_files f}, to be put behind {@code SELECT}. */
    static final String COLUMNS = """
            f.id, f.project_id, (SELECT b.bundle_id FROM artifact_bundles b WHERE b.id = f.bundle_id) AS bundle_uuid, f.kind, f.name, f.url,
            f.release, f.dist, f.debug_id, f.source_map_ref, f.blob, f.sha1, f.size, f.created_at, f.created_by
            """;

    private ArtifactRows() {}

    static ArtifactFile file(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new ArtifactFile(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getObject("bundle_uuid", UUID.class),
                ArtifactKind.of(kind)
                        .orElseThrow(() -> new IllegalStateException("artifact_files.kind: '%s'".formatted(kind))),
                row.getString("name"),
                row.getString("url"),
                row.getString("release"),
                row.getString("dist"),
                row.getObject("debug_id", UUID.class),
                row.getString("source_map_ref"),
                BlobHash.of(row.getBytes("blob")),
                Sha1.ofDigest(row.getBytes("sha1")),
                row.getLong("size"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"));
    }
}
