package dev.resentry.storage.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The database, and a replica of it for those reads that say that it may answer them. While the replica cannot be reached, the database
 * itself answers these too.
 */
public final class ReplicatedDataSource extends AbstractDataSource implements Closeable {
    /** Before the replica is asked again; each try may take as long as its pool waits for a connection. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedDataSource.class);
    private static final ScopedValue<Boolean> BY_REPLICA = ScopedValue.newInstance();

    private final DataSource database;
    private final DataSource replica;
    private final LongSupplier nanoTime;
    private volatile long askedAgainAt;

    ReplicatedDataSource(DataSource database, DataSource replica, LongSupplier nanoTime) {
        this.database = database;
        this.replica = replica;
        this.nanoTime = nanoTime;
        this.askedAgainAt = nanoTime.getAsLong();
    }

    /** What is read on connections that are taken meanwhile, by this thread, comes from the replica if there is one. */
    public static <T> T byReplica(Supplier<T> reads) {
        return ScopedValue.where(BY_REPLICA, true).call(reads::get);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!BY_REPLICA.isBound() || nanoTime.getAsLong() - askedAgainAt < 0) {
            return database.getConnection();
        }
        try {
            return replica.getConnection();
        } catch (SQLException e) {
            if (isBusy()) {
                return database.getConnection();
            }
            askedAgainAt = nanoTime.getAsLong() + PAUSE.toNanos();
            LOG.warn("The read replica is away, the database answers for it: {}", e.getMessage());
            return database.getConnection();
        }
    }

    /** Its connections are all in use, which says that it is there. */
    private boolean isBusy() {
        return replica instanceof HikariDataSource pool
                && pool.getHikariPoolMXBean().getActiveConnections() > 0;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return database.getConnection(username, password);
    }

    @Override
    public void close() throws IOException {
        // Both, whatever becomes of the first.
        try (Closeable _ = closeable(database)) {
            closeable(replica).close();
        }
    }

    private static Closeable closeable(DataSource source) {
        return source instanceof Closeable closeable ? closeable : () -> {};
    }
}
