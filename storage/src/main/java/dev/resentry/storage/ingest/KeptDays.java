package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.RawEnvelope.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The days of arrival of which a table still has its partition. A replay makes no partitions: what has expired stays gone.
 */
public final class KeptDays {
    private static final String SQL = """
            SELECT day FROM unnest(?) AS wanted(day)
            WHERE to_regclass(format('%I', ?::text || '_' || to_char(day, 'YYYYMMDD'))) IS NOT NULL
            """;

    private final Set<LocalDate> days;

    private KeptDays(Set<LocalDate> days) {
        this.days = days;
    }

    /** Those of the days on which envelopes arrived. */
    public static KeptDays of(Connection connection, String table, Collection<Receipt> receipts) throws SQLException {
        Set<LocalDate> wanted = new HashSet<>();
        receipts.forEach(receipt -> wanted.add(day(receipt.receivedAt())));
        try (PreparedStatement select = connection.prepareStatement(SQL)) {
            select.setArray(1, connection.createArrayOf("date", wanted.toArray()));
            select.setString(2, table);
            Set<LocalDate> kept = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    kept.add(rows.getObject(1, LocalDate.class));
                }
            }
            return new KeptDays(kept);
        }
    }

    public boolean contains(Instant receivedAt) {
        return days.contains(day(receivedAt));
    }

    private static LocalDate day(Instant receivedAt) {
        return LocalDate.ofInstant(receivedAt, ZoneOffset.UTC);
    }
}
