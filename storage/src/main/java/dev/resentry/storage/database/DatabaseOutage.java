package dev.resentry.storage.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells an absent or overloaded database from a request it refuses. */
public final class DatabaseOutage {
    /** Connection, resources, intervention of an operator, system (PostgreSQL manual, appendix A). */
    private static final Set<String> STATE_CLASSES = Set.of("08", "53", "57", "58");

    /** All that the pool says of a connection that broke while it was in use, and that it closed for it. */
    private static final String CLOSED_BY_POOL = "Connection is closed";

    private DatabaseOutage() {}

    /** Whether the same may well succeed later, because the database did not answer. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isOutage(e)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || CLOSED_BY_POOL.equals(e.getMessage())
                || (state != null && state.length() == 5 && STATE_CLASSES.contains(state.substring(0, 2)));
    }
}
