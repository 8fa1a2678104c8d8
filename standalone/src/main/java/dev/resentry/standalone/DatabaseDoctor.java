package dev.resentry.standalone;

import dev.resentry.service.health.CheckResult;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.DatabaseExamination;
import dev.resentry.storage.database.DatabaseSettings;
import java.sql.SQLException;
import java.time.Duration;

/** Looks at a PostgreSQL: whether it answers, fits this build, goes by the same clock, and is followed. */
final class DatabaseDoctor {
    private static final String WHAT = "Database";
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);
    private static final Duration REPLICA_BEHIND = Duration.ofSeconds(30);

    /** Of the connections that the server allows. */
    private static final double NEARLY_ALL = 0.9;

    private final Findings findings;

    DatabaseDoctor(Findings findings) {
        this.findings = findings;
    }

    void look(DatabaseSettings settings) {
        try {
            DatabaseAddress address = settings.address();
            DatabaseExamination found = DatabaseExamination.of(address);
            findings.good(
                    WHAT,
                    "%s answers, PostgreSQL %s, %d MB".formatted(address, found.version(), found.bytes() / 1_000_000));
            schema(found);
            clock(found);
            connections(found);
            replicas(found);
        } catch (SQLException e) {
            findings.bad(
                    WHAT,
                    "%s; check DATABASE_URL".formatted(CheckResult.Failed.of(e).cause()));
        } catch (IllegalArgumentException e) {
            findings.bad(WHAT, String.valueOf(e.getMessage()));
        }
    }

    private void schema(DatabaseExamination found) {
        if (found.unfinishedRestore()) {
            findings.bad(WHAT, "a restore into it was cut off; make it anew and restore again");
        } else if (!found.newer().isEmpty()) {
            findings.doubtful(
                    WHAT,
                    "its schema has migration %s of a newer Resentry; update this one"
                            .formatted(found.newer().getLast()));
        } else if (!found.pending().isEmpty()) {
            findings.bad(
                    WHAT,
                    "its schema lacks %d migrations, the first is %s; a start makes them if ENV is development, else: java -jar query-api.jar migrate"
                            .formatted(found.pending().size(), found.pending().getFirst()));
        } else {
            findings.good(WHAT, "its schema is current");
        }
    }

    private void clock(DatabaseExamination found) {
        long apart = found.ahead().toMillis();
        if (Math.abs(apart) > CLOCKS_APART.toMillis()) {
            findings.bad(
                    "Clock",
                    "that of the database is %d ms %s that of this machine; set both by NTP"
                            .formatted(Math.abs(apart), apart > 0 ? "ahead of" : "behind"));
        } else {
            findings.good("Clock", "that of the database is within %d ms of this machine's".formatted(Math.abs(apart)));
        }
    }

    private void connections(DatabaseExamination found) {
        String used = "%d of %d connections are in use".formatted(found.connections(), found.maxConnections());
        if (found.connections() > found.maxConnections() * NEARLY_ALL) {
            findings.doubtful(WHAT, used + "; set max_connections higher, or DATABASE_POOL_SIZE lower");
        } else {
            findings.good(WHAT, used);
        }
    }

    private void replicas(DatabaseExamination found) {
        if (found.replica()) {
            String behind = "it is a replica, %d ms behind; services need the primary"
                    .formatted(found.delay().toMillis());
            findings.bad(WHAT, behind);
        }
        for (DatabaseExamination.Replica replica : found.replicas()) {
            String state = "replica %s is %s and %d ms behind"
                    .formatted(replica.name(), replica.state(), replica.delay().toMillis());
            if (replica.state().isEmpty()) {
                findings.doubtful(
                        WHAT, "a replica follows it, of which it does not tell us more; GRANT pg_monitor to our user");
            } else if (!replica.state().equals("streaming") || replica.delay().compareTo(REPLICA_BEHIND) > 0) {
                findings.doubtful(WHAT, state);
            } else {
                findings.good(WHAT, state);
            }
        }
    }
}
