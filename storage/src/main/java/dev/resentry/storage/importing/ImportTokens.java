package dev.resentry.storage.importing;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the tokens of imports while these run, sealed by whoever puts them here. */
public final class ImportTokens {
    private final JdbcClient jdbc;

    public ImportTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the token of a job; joins the caller's transaction. */
    public void put(long jobId, byte[] sealed) {
        jdbc.sql("INSERT INTO import_tokens (job_id, sealed) VALUES (:job, :sealed)")
                .param("job", jobId)
                .param("sealed", sealed)
                .update();
    }

    /** The token of a job that has not ended. */
    public Optional<byte[]> find(long jobId) {
        return jdbc.sql("SELECT sealed FROM import_tokens WHERE job_id = :job")
                .param("job", jobId)
                .query(byte[].class)
                .optional();
    }

    /** Forgets the token of a job; false if that was done before. Joins the caller's transaction, so that what is done with it is done once. */
    public boolean remove(long jobId) {
        return jdbc.sql("DELETE FROM import_tokens WHERE job_id = :job")
                        .param("job", jobId)
                        .update()
                > 0;
    }
}
