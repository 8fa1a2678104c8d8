package dev.resentry.storage.database;

import java.sql.SQLException;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Tells a refusal of data from other failures of the database. */
public final class DataRefusal {
    private static final List<String> STATES = List.of("21", "22", "23", "54", "XX");

    private DataRefusal() {}

    /**
     * Whether the same data would be refused again: a value, a constraint or a limit of the database (SQLSTATE classes 21, 22,
     * 23 and 54), or an internal error (XX), which a batch without the one odd row may escape. Everything else is about the
     * database and is tried again for as long as it takes.
     */
    public static boolean isBehind(DataAccessException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return STATES.stream().anyMatch(sql.getSQLState()::startsWith);
            }
        }
        return false;
    }
}
