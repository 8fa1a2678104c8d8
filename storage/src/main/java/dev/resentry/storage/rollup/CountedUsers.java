package dev.resentry.storage.rollup;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users of a row of a roll-up, while a batch is counted on it. */
final class CountedUsers {
    private final DistinctUsers users = new DistinctUsers();
    private byte @Nullable [] changed;

    void add(CountedEvent event) {
        if (event.userHash() != null) {
            users.add(event.userHash());
        }
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    /** What the row is to hold; null leaves it as it is. */
    byte @Nullable [] changed() {
        return changed;
    }

    /**
     * Adds those that rows hold already.
     *
     * @param find finds the number of each of {@code counted}, from 1, and its stored users, of those that have any
     */
    static void merge(PreparedStatement find, List<CountedUsers> counted) throws SQLException {
        counted.forEach(one -> one.changed = one.users.toBytes());
        try (ResultSet stored = find.executeQuery()) {
            while (stored.next()) {
                CountedUsers one = counted.get(stored.getInt(1) - 1);
                byte[] before = stored.getBytes(2);
                one.users.add(DistinctUsers.ofBytes(before));
                byte[] after = one.users.toBytes();
                one.changed = Arrays.equals(before, after) ? null : after;
            }
        }
    }
}
