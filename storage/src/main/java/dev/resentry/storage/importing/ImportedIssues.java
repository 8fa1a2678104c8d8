package dev.resentry.storage.importing;

import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which issues and comments of other servers were brought over already. */
public final class ImportedIssues {
    private final JdbcClient jdbc;

    public ImportedIssues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes an issue; false if it was noted before. Joins the caller's transaction, so that what is done with it is done once. */
    public boolean add(String source, String foreignId, long projectId) {
        return jdbc.sql("""
                        INSERT INTO imported_issues (source, foreign_id, project_id)
                        VALUES (:source, :foreign, :project)
                        ON CONFLICT (source, foreign_id) DO NOTHING
                        """)
                        .param("source", source)
                        .param("foreign", foreignId)
                        .param("project", projectId)
                        .update()
                > 0;
    }

    /** Notes a comment of an issue; false if it was noted before. Joins the caller's transaction. */
    public boolean addComment(String source, String foreignId, String comment) {
        return jdbc.sql("""
                        UPDATE imported_issues SET comments = comments || :comment::text
                        WHERE source = :source AND foreign_id = :foreign AND NOT :comment = ANY (comments)
                        """)
                        .param("source", source)
                        .param("foreign", foreignId)
                        .param("comment", comment)
                        .update()
                > 0;
    }

    /** The comments of an issue that were noted. */
    public Set<String> comments(String source, String foreignId) {
        return Set.copyOf(jdbc.sql(
                        "SELECT unnest(comments) FROM imported_issues WHERE source = :source AND foreign_id = :foreign")
                .param("source", source)
                .param("foreign", foreignId)
                .query(String.class)
                .list());
    }
}
