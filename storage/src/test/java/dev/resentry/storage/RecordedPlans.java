package dev.resentry.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Records PostgreSQL's generic plan of each statement. */
final class RecordedPlans {
    private final List<String> plans = new ArrayList<>();
    private final DataSource database;
    private final DataSource explaining;

    /**
     * @param explaining the same database with {@code preferQueryMode=simple}: a plan is only given for a statement whose
     *     parameters nobody counts
     */
    RecordedPlans(DataSource database, DataSource explaining) {
        this.database = database;
        this.explaining = explaining;
    }

    /** A client whose statements are recorded. */
    JdbcClient client() {
        return JdbcClient.create(dataSource());
    }

    /** The database, with its statements recorded. */
    DataSource dataSource() {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return recording(database.getConnection());
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return recording(database.getConnection(user, password));
            }
        };
    }

    /** The plans since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(plans);
        plans.clear();
        return taken;
    }

    private Connection recording(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        plans.add(plan((String) arguments[0]));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private String plan(String sql) throws SQLException {
        var numbered = new StringBuilder("EXPLAIN (GENERIC_PLAN) ");
        int parameters = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '?') {
                numbered.append('$').append(++parameters);
            } else {
                numbered.append(c);
            }
        }
        var plan = new StringBuilder();
        try (Connection connection = explaining.getConnection();
                Statement explain = connection.createStatement();
                ResultSet lines = explain.executeQuery(numbered.toString())) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
