package dev.resentry.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class ReplicatedDataSourceTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final Source database = new Source();
    private final Source replica = new Source();
    private final ReplicatedDataSource both = new ReplicatedDataSource(database, replica, nanoTime::get);

    @Test
    void onlyReadsThatSaySoComeFromTheReplica() throws Exception {
        assertThat(both.getConnection()).isSameAs(database.connection);
        assertThat(byReplica()).isSameAs(replica.connection);
        assertThat(both.getConnection()).isSameAs(database.connection);
    }

    @Test
    void theDatabaseAnswersWhileTheReplicaIsAway() throws Exception {
        replica.isAway = true;

        assertThat(byReplica()).isSameAs(database.connection);
        assertThat(byReplica()).isSameAs(database.connection);

        assertThat(replica.asked).as("not asked again at once").isEqualTo(1);
    }

    @Test
    void theReplicaIsAskedAgainAfterAPause() throws Exception {
        replica.isAway = true;
        byReplica();
        replica.isAway = false;

        nanoTime.addAndGet(ReplicatedDataSource.PAUSE.toNanos() - 1);
        assertThat(byReplica()).isSameAs(database.connection);
        nanoTime.addAndGet(1);
        assertThat(byReplica()).isSameAs(replica.connection);
    }

    @Test
    void closesBothAlthoughOneFails() throws Exception {
        replica.isAway = true;

        assertThat(catchThrowable(both::close)).hasMessage("away");

        assertThat(database.isClosed).isTrue();
    }

    private Connection byReplica() throws SQLException {
        return ReplicatedDataSource.byReplica(() -> {
            try {
                return both.getConnection();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static final class Source extends AbstractDataSource implements Closeable {
        private final Connection connection = (Connection) Proxy.newProxyInstance(
                Source.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> method.getName();
                });
        private boolean isAway;
        private boolean isClosed;
        private int asked;

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            if (isAway) {
                throw new SQLException("away");
            }
            return connection;
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public void close() throws IOException {
            isClosed = true;
            if (isAway) {
                throw new IOException("away");
            }
        }
    }
}
