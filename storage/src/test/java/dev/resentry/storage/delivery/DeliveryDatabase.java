package dev.resentry.storage.delivery;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.node.JsonNodeFactory;

/** A database for deliveries, and deliveries to put there. */
final class DeliveryDatabase implements AutoCloseable {
    final HikariDataSource pool = DatabaseConfiguration.pool(new DatabaseSettings(
            TestServers.shared().newDatabaseUrl(),
            "",
            1,
            "",
            "",
            "",
            4,
            Duration.ofSeconds(5),
            Environment.DEVELOPMENT));
    final JdbcClient jdbc = JdbcClient.create(pool);
    final DeliveryOutbox outbox = new DeliveryOutbox(pool);
    final DeliveryQueries queries = new DeliveryQueries(jdbc);
    final DeliveryDesk desk = new DeliveryDesk(jdbc);
    final DeliveryQueue queue = new DeliveryQueue(
            new JdbcTemplate(pool),
            new DataSourceTransactionManager(pool),
            new DeliveryRetries(List.of(Duration.ofSeconds(30), Duration.ofMinutes(2)), 3, 4, Duration.ofMinutes(5)));

    DeliveryDatabase() {
        new SchemaMigration(pool).migrate();
    }

    void clear() {
        jdbc.sql("TRUNCATE deliveries, delivery_targets").update();
    }

    static NewDelivery alert(String url, @Nullable String dedupKey) {
        return new NewDelivery(
                DeliveryKind.ALERT,
                TargetType.WEBHOOK,
                url,
                "s3cret",
                dedupKey,
                1L,
                2L,
                3L,
                4L,
                null,
                JsonNodeFactory.instance.objectNode().put("subject", "It broke").put("text", "Look at it"));
    }

    @Override
    public void close() {
        pool.close();
    }
}
