package dev.resentry.storage.alert;

import dev.resentry.storage.lease.Leases;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn it is to look at what alert rules find by looking: one process has it for a minute, and looks once. */
public final class AlertTurn {
    private static final String NAME = "alert-tick";

    /** A little less than a minute, so that whoever asks each quarter of one finds it due each minute. */
    private static final Duration LASTS = Duration.ofSeconds(58);

    private final Leases leases;

    public AlertTurn(JdbcClient jdbc) {
        this.leases = new Leases(jdbc);
    }

    /** Takes the turn; false while the last one lasts. Each is an owner of its own, so that nobody renews one. */
    public boolean isDue() {
        return leases.take(NAME, UUID.randomUUID().toString(), LASTS);
    }
}
