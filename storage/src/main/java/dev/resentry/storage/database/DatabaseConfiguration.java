package dev.resentry.storage.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.resentry.storage.signal.WorkSignals;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection pool, the schema and their health, for every service with a database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, ReadReplicaSettings.class})
public class DatabaseConfiguration {
    private static final long REPLICA_WITHIN_MILLIS = 1_000;

    @Bean
    DataSource dataSource(DatabaseSettings settings, ReadReplicaSettings replica) {
        DataSource dataSource = pool(settings);
        var migration = new SchemaMigration(dataSource);
        switch (settings.environment()) {
            case DEVELOPMENT -> migration.migrate();
            case PRODUCTION -> migration.requireCurrent();
        }
        return replica.isGiven()
                ? new ReplicatedDataSource(dataSource, replicaPool(replica), System::nanoTime)
                : dataSource;
    }

    /** Asked first when it is needed, and not waited for: there is another that answers. */
    static HikariDataSource replicaPool(ReadReplicaSettings settings) {
        HikariConfig config = poolOf(DatabaseAddress.parse(settings.url()));
        config.setPoolName("read-replica");
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(REPLICA_WITHIN_MILLIS);
        config.setValidationTimeout(REPLICA_WITHIN_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        return new HikariDataSource(config);
    }

    /** A pool without a look at the schema, for the command that migrates. */
    public static HikariDataSource pool(DatabaseSettings settings) {
        HikariConfig config = poolOf(settings.address());
        config.setPoolName("database");
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        // A database that is not up yet is waited for; its absence is not an error of this process.
        config.setInitializationFailTimeout(60_000);
        return new HikariDataSource(config);
    }

    private static HikariConfig poolOf(DatabaseAddress address) {
        var config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        // What a load needed, a server need not hold for long: each connection is a process with memory of its own.
        config.setIdleTimeout(120_000);
        config.addDataSourceProperty("ApplicationName", "resentry");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A host that vanished without a word must not hold a batch for ever.
        config.addDataSourceProperty("socketTimeout", "60");
        return config;
    }

    /** Listens on a connection of its own, which no pool ends after its time. */
    @Bean
    public WorkSignals workSignals(DatabaseSettings settings) {
        DatabaseAddress address = settings.address();
        var properties = new Properties();
        properties.setProperty("ApplicationName", "resentry");
        properties.setProperty("tcpKeepAlive", "true");
        return new WorkSignals(new DriverDataSource(
                address.jdbcUrl(), "org.postgresql.Driver", properties, address.user(), address.password()));
    }

    @Bean
    DatabaseHealthCheck databaseHealthCheck(DataSource dataSource) {
        return new DatabaseHealthCheck(dataSource);
    }
}
