package dev.resentry.storage.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps invitations, each found by the hash of the secret in its link. Each method is one statement, which joins the caller's transaction. */
public final class InvitationStore {
    private static final String SELECT = """
            SELECT i.id, i.email, i.role, i.expires_at,
                   array(SELECT t.slug FROM invitation_teams it JOIN teams t ON t.id = it.team_id
                         WHERE it.invitation_id = i.id ORDER BY t.slug) AS teams
            FROM invitations i
            """;

    private final JdbcClient jdbc;

    public InvitationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds an invitation in the place of an earlier one to the same address, and returns its id.
     *
     * @param invitation whose id is not looked at; teams that are not there are left out
     * @param by who invites
     */
    public long put(Invitation invitation, byte[] tokenHash, String by, Instant at) {
        jdbc.sql("DELETE FROM invitations WHERE lower(email) = lower(:email)")
                .param("email", invitation.email())
                .update();
        return jdbc.sql("""
                        WITH made AS (
                            INSERT INTO invitations (token_hash, email, role, created_by, created_at, expires_at)
                            VALUES (:hash, :email, :role, :by, :at, :expires)
                            RETURNING id),
                        joined AS (
                            INSERT INTO invitation_teams (invitation_id, team_id)
                            SELECT made.id, t.id FROM made, teams t WHERE t.slug = ANY (:teams))
                        SELECT id FROM made
                        """)
                .param("hash", tokenHash)
                .param("email", invitation.email())
                .param("role", invitation.role())
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("expires", invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .param("teams", invitation.teams().toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /** Finds the invitation of a link that is still good. */
    public Optional<Invitation> find(byte[] tokenHash, Instant now) {
        return jdbc.sql(SELECT + "WHERE i.token_hash = :hash AND i.expires_at > :now")
                .param("hash", tokenHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> invitation(row))
                .optional();
    }

    /** All invitations, those whose links are not good any more too, the newest first. */
    public List<Invitation> list() {
        return jdbc.sql(SELECT + "ORDER BY i.id DESC")
                .query((row, _) -> invitation(row))
                .list();
    }

    /** Takes an invitation away and returns it; empty if it is not there, be it that somebody else was first. */
    public Optional<Invitation> take(long id) {
        return jdbc.sql(SELECT + "WHERE i.id = :id FOR UPDATE OF i")
                .param("id", id)
                .query((row, _) -> invitation(row))
                .optional()
                .filter(_ -> jdbc.sql("DELETE FROM invitations WHERE id = :id")
                                .param("id", id)
                                .update()
                        == 1);
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getLong("id"),
                row.getString("email"),
                row.getString("role"),
                List.of((String[]) row.getArray("teams").getArray()),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
