package dev.resentry.storage.backup;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.replay.RawEnvelopes;
import dev.resentry.storage.replay.RawEnvelopes.Cursor;
import dev.resentry.storage.replay.RawEnvelopes.OnTopic;
import dev.resentry.storage.replay.RawEnvelopes.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the raw envelopes of a time as the records that they came as, some at a time. */
public final class EnvelopeExport implements AutoCloseable {
    private static final int AT_ONCE = 500;
    private static final long MAX_BYTES_AT_ONCE = 8_000_000;

    private final HikariDataSource pool;
    private final JdbcClient jdbc;

    public EnvelopeExport(DatabaseSettings database) {
        pool = DatabaseConfiguration.pool(database);
        jdbc = JdbcClient.create(pool);
    }

    /** Takes a record. */
    @FunctionalInterface
    public interface Reader {
        void take(SourceRecord envelope) throws IOException;
    }

    /** The slugs of all projects, by their ids. */
    public Map<Long, String> projects() {
        Map<Long, String> slugs = new LinkedHashMap<>();
        jdbc.sql("SELECT id, slug FROM projects ORDER BY id").query(row -> {
            slugs.put(row.getLong("id"), row.getString("slug"));
        });
        return slugs;
    }

    /**
     * Hands over what arrived in a time and is stored, in the order of its arrival.
     *
     * @param project of which it is; null for all
     */
    public void read(Instant from, Instant to, @Nullable Long project, Reader reader) throws IOException {
        var envelopes = new RawEnvelopes(jdbc);
        List<Long> projects = project == null ? List.of() : List.of(project);
        var nowhere = new OnTopic(null, List.of());
        Cursor cursor = new Cursor(from, null);
        while (true) {
            Part part = envelopes.read(cursor, to, projects, nowhere, AT_ONCE, MAX_BYTES_AT_ONCE);
            if (part.records().isEmpty()) {
                return;
            }
            for (SourceRecord envelope : part.records()) {
                reader.take(envelope);
            }
            cursor = part.next();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
