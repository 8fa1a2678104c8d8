package dev.resentry.testsupport.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL in a container. */
final class PostgresContainerServer implements PostgresServer {
    private static final String IMAGE = "postgres:18";

    private final PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
    private final ContainerSwitch power =
            new ContainerSwitch(container, PostgreSQLContainer.POSTGRESQL_PORT, this::answers);

    PostgresContainerServer() {
        container.start();
    }

    @Override
    public String newDatabase(String name) {
        try (Connection connection = connect();
                Statement create = connection.createStatement()) {
            create.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("database %s could not be made".formatted(name), e);
        }
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        container.getUsername(),
                        container.getPassword(),
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        name);
    }

    @Override
    public void stop() {
        power.stop();
    }

    /** A container is stopped by the engine; its data is as safe as a crash leaves it. */
    @Override
    public void kill() {
        power.stop();
    }

    @Override
    public void start() {
        power.start();
    }

    @Override
    public void close() {
        container.stop();
    }

    private boolean answers() throws SQLException {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }
}
