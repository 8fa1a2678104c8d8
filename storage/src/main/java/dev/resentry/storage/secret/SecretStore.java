package dev.resentry.storage.secret;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps secrets that all processes of an installation share and nobody has to configure. */
public final class SecretStore {
    private final JdbcClient jdbc;

    public SecretStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The secret of a name; made if it is not there. Of several processes that make it at once, one wins for all. */
    public String findOrMake(String name, Supplier<String> maker) {
        jdbc.sql("INSERT INTO installation_secrets (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
                .param("name", name)
                .param("value", maker.get())
                .update();
        return jdbc.sql("SELECT value FROM installation_secrets WHERE name = :name")
                .param("name", name)
                .query(String.class)
                .single();
    }
}
