package dev.resentry.storage.user;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps users. Each method is one statement, which joins the caller's transaction. */
public final class UserStore {
    private static final String SELECT = "SELECT " + UserColumns.LIST + " FROM users u ";

    private final JdbcClient jdbc;

    public UserStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public boolean isEmpty() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM users)")
                .query(Boolean.class)
                .single();
    }

    /** Whether nobody ever logged in. */
    public boolean nobodyWasSeen() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM users WHERE last_seen_at IS NOT NULL)")
                .query(Boolean.class)
                .single();
    }

    /** Finds a user by address, without regard to case. */
    public Optional<User> findByEmail(String email) {
        return jdbc.sql(SELECT + "WHERE lower(email) = lower(:email)")
                .param("email", email)
                .query((row, _) -> UserColumns.read(row))
                .optional();
    }

    public Optional<User> find(long id) {
        return jdbc.sql(SELECT + "WHERE id = :id")
                .param("id", id)
                .query((row, _) -> UserColumns.read(row))
                .optional();
    }

    /** All users, by address. */
    public List<User> list() {
        return jdbc.sql(SELECT + "ORDER BY lower(email)")
                .query((row, _) -> UserColumns.read(row))
                .list();
    }

    /**
     * Adds a user and returns the id.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the address is taken
     */
    public long add(NewUser user, Instant at) {
        return jdbc.sql("""
                        INSERT INTO users (email, name, role, password_hash, must_change_password, has_password, created_at)
                        VALUES (:email, :name, :role, :hash, :change, :known, :at)
                        RETURNING id
                        """)
                .param("email", user.email())
                .param("name", user.name())
                .param("role", user.role())
                .param("hash", user.passwordHash())
                .param("change", user.mustChangePassword())
                .param("known", user.hasPassword())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** How many active users have a role. They are locked, so that two who give it up at once do not both think another is left. */
    public int lockActive(String role) {
        return jdbc.sql("SELECT id FROM users WHERE role = :role AND active ORDER BY id FOR UPDATE")
                .param("role", role)
                .query(Long.class)
                .list()
                .size();
    }

    /** Names a user anew. */
    public void rename(long id, String name) {
        jdbc.sql("UPDATE users SET name = :name WHERE id = :id")
                .param("name", name)
                .param("id", id)
                .update();
    }

    /** Changes what a user is. Whoever is made inactive has their signed tokens revoked. */
    public void change(long id, String name, String role, boolean active) {
        jdbc.sql("""
                        UPDATE users
                        SET name = :name, role = :role, active = :active,
                            token_generation = token_generation + CASE WHEN active AND NOT :active THEN 1 ELSE 0 END
                        WHERE id = :id
                        """)
                .param("name", name)
                .param("role", role)
                .param("active", active)
                .param("id", id)
                .update();
    }

    /** Gives an active user a role; false if the user is not active any more. */
    public boolean changeRole(long id, String role) {
        return jdbc.sql("UPDATE users SET role = :role WHERE id = :id AND active")
                        .param("role", role)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Gives a user a new password and revokes their signed tokens. */
    public void changePassword(long id, String passwordHash) {
        jdbc.sql("""
                        UPDATE users
                        SET password_hash = :hash, must_change_password = false, has_password = true,
                            token_generation = token_generation + 1
                        WHERE id = :id
                        """).param("hash", passwordHash).param("id", id).update();
    }

    /** Keeps the same password in a better form, unless it was changed meanwhile. */
    public void upgradeHash(User user, String passwordHash) {
        jdbc.sql("UPDATE users SET password_hash = :hash WHERE id = :id AND password_hash = :old")
                .param("hash", passwordHash)
                .param("id", user.id())
                .param("old", user.passwordHash())
                .update();
    }

    /** Revokes the signed tokens of a user. */
    public void revokeTokens(long id) {
        jdbc.sql("UPDATE users SET token_generation = token_generation + 1 WHERE id = :id")
                .param("id", id)
                .update();
    }

    public void seen(long id, Instant at) {
        jdbc.sql("UPDATE users SET last_seen_at = :at WHERE id = :id")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /** Removes a user; what was shared stays, and what only this user saw goes too. */
    public void remove(long id) {
        jdbc.sql("DELETE FROM dashboards WHERE owner_id = :id AND NOT is_shared")
                .param("id", id)
                .update();
        jdbc.sql("DELETE FROM users WHERE id = :id").param("id", id).update();
    }
}
