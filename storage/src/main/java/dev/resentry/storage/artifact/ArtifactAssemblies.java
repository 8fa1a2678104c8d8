package dev.resentry.storage.artifact;

import dev.resentry.storage.job.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Bundles that are being made of chunks, each by a job. */
public final class ArtifactAssemblies {
    /** The kind of the jobs; {@code assembly_id} is in their parameters. */
    public static final String JOB = "artifact-assembly";

    private static final String THIS = """
            sha1 = :sha1 AND project_ids = :projects AND release IS NOT DISTINCT FROM :release::text
            AND dist IS NOT DISTINCT FROM :dist::text
            """;

    private static final String ADD = """
            INSERT INTO artifact_assemblies (sha1, project_ids, release, dist, chunks, state, created_by, created_at)
            VALUES (:sha1, :projects, :release, :dist, :chunks, 'created', :by, now())
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

    private final JdbcClient jdbc;
    private final JobStore jobs;
    private final TransactionTemplate transaction;

    public ArtifactAssemblies(JdbcClient jdbc, JobStore jobs, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** How far a bundle is. */
    public sealed interface State {
        /** Its job waits. */
        record Created() implements State {}

        /** Its job is at it. */
        record Assembling() implements State {}

        /**
         * Nothing comes of it.
         *
         * @param detail why, in words for people
         */
        record Failed(String detail) implements State {}
    }

    /** How far a bundle is; empty if nobody has wanted it, or it is made. A failure is told once: who asks again tries again. */
    public Optional<State> state(ArtifactAssembly assembly) {
        return transaction.execute(_ -> {
            Optional<State> state = bind("SELECT state, detail FROM artifact_assemblies WHERE " + THIS, assembly)
                    .query((row, _) -> state(row))
                    .optional();
            if (state.orElse(null) instanceof State.Failed) {
                bind("DELETE FROM artifact_assemblies WHERE " + THIS, assembly).update();
            }
            return state;
        });
    }

    /** Has a bundle made, if that is not under way already. */
    public void begin(ArtifactAssembly assembly) {
        transaction.executeWithoutResult(_ -> bind(ADD, assembly)
                .param(
                        "chunks",
                        assembly.chunks().stream().map(Sha1::toByteArray).toArray(byte[][]::new))
                .param("by", assembly.by())
                .query(Long.class)
                .optional()
                .ifPresent(id -> jobs.enqueue(JOB, parameters(id, assembly), assembly.by())));
    }

    private static String parameters(long id, ArtifactAssembly assembly) {
        return "{\"assembly_id\": %d, \"projects\": %s}".formatted(id, assembly.projects());
    }

    /** What a job is to make, which counts as being made from now on; empty if it is done or given up. */
    public Optional<ArtifactAssembly> take(long id) {
        return jdbc.sql("""
                        UPDATE artifact_assemblies SET state = 'assembling' WHERE id = :id AND state <> 'failed'
                        RETURNING sha1, project_ids, release, dist, chunks, created_by
                        """)
                .param("id", id)
                .query((row, _) -> new ArtifactAssembly(
                        Sha1.ofDigest(row.getBytes("sha1")),
                        List.of((Long[]) row.getArray("project_ids").getArray()),
                        row.getString("release"),
                        row.getString("dist"),
                        Arrays.stream((byte[][]) row.getArray("chunks").getArray())
                                .map(Sha1::ofDigest)
                                .toList(),
                        row.getString("created_by")))
                .optional();
    }

    /** Forgets one that is made. */
    public void done(long id) {
        jdbc.sql("DELETE FROM artifact_assemblies WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Notes why nothing comes of one. */
    public void fail(long id, String detail) {
        jdbc.sql("UPDATE artifact_assemblies SET state = 'failed', detail = :detail WHERE id = :id")
                .param("id", id)
                .param("detail", detail)
                .update();
    }

    private JdbcClient.StatementSpec bind(String sql, ArtifactAssembly assembly) {
        return jdbc.sql(sql)
                .param("sha1", assembly.sha1().toByteArray())
                .param("projects", assembly.projects().toArray(Long[]::new))
                .param("release", assembly.release())
                .param("dist", assembly.dist());
    }

    private static State state(ResultSet row) throws SQLException {
        String state = row.getString("state");
        @Nullable String detail = row.getString("detail");
        return switch (state) {
            case "created" -> new State.Created();
            case "assembling" -> new State.Assembling();
            case "failed" -> new State.Failed(detail == null ? "" : detail);
            default ->
                throw new IllegalStateException(
                        "artifact_assemblies.state: '%s' (expected: created, assembling or failed)".formatted(state));
        };
    }
}
