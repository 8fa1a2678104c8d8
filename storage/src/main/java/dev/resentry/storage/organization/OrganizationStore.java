package dev.resentry.storage.organization;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the organization. Each method is one statement, which joins the caller's transaction. */
public final class OrganizationStore {
    private static final String SELECT =
            "SELECT slug, name, members_see_all_projects, requires_second_factor FROM organization";

    private final JdbcClient jdbc;

    public OrganizationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Organization get() {
        return read(SELECT);
    }

    /** Keeps others from changing it until the transaction ends, so that {@link #change} undoes nothing of theirs. */
    public Organization lock() {
        return read(SELECT + " FOR UPDATE");
    }

    private Organization read(String sql) {
        return jdbc.sql(sql)
                .query((row, _) ->
                        new Organization(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)))
                .single();
    }

    /** When the organization was made. */
    public Instant createdAt() {
        return jdbc.sql("SELECT created_at FROM organization")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    public void change(Organization organization) {
        jdbc.sql("""
                        UPDATE organization
                        SET slug = :slug, name = :name, members_see_all_projects = :all, requires_second_factor = :factor
                        """)
                .param("slug", organization.slug())
                .param("name", organization.name())
                .param("all", organization.membersSeeAllProjects())
                .param("factor", organization.requiresSecondFactor())
                .update();
    }
}
