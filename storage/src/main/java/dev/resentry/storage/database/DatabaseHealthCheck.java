package dev.resentry.storage.database;

import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Whether PostgreSQL answers. */
public final class DatabaseHealthCheck implements HealthCheck {
    private static final int ANSWER_WITHIN_SECONDS = 3;

    private final DataSource dataSource;

    public DatabaseHealthCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public CheckResult check() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_WITHIN_SECONDS)
                    ? new CheckResult.Ok()
                    : new CheckResult.Failed("no answer within %d s".formatted(ANSWER_WITHIN_SECONDS));
        } catch (SQLException e) {
            return CheckResult.Failed.of(e);
        }
    }
}
