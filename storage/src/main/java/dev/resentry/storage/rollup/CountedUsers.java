package dev.resentry.storage.rollup;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users of a row of a roll-up, while a batch is counted on it. */
public final class CountedUsers {
    private final DistinctUsers users = new DistinctUsers();
    private byte @Nullable [] changed;

    /**
     * Adds a user.
     *
     * @param hash null for nobody
     */
    public void add(@Nullable Long hash) {
        if (hash != null) {
            users.add(hash);
        }
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    /** What the row is to hold; null leaves it as it is. */
    public byte @Nullable [] changed() {
        return changed;
    }

    /**
     * Adds those that rows hold already.
     *
     * @param find finds the number of each of {@code counted}, from 1, and its stored users, of those that have any
     */
    public static void merge(PreparedStatement find, List<CountedUsers> counted) throws SQLException {
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
